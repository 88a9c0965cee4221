"""Where the browser of the browser tests is. Mark a test that uses it with `@pytest.mark.chromium`."""

import shutil


def executable() -> str | None:
    return shutil.which("chromium")
