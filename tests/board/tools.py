"""The programs of Debian that the board is built with."""

import subprocess


class ToolError(Exception):
    """A program failed; the text is what it said."""


def run(*command: str) -> str:
    """What the program prints. Raises `ToolError` with the end of what it said."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise ToolError(f"{command[0]} is not installed; ./run board puts it in place") from error
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip()[-2000:]
        raise ToolError(f"{' '.join(command)} ended with {done.returncode}:\n{said}")
    return done.stdout
