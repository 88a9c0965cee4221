"""The far end of a scanner's cable: a pseudo-terminal under a path that stays, as /dev/serial/by-id does."""

import os
import termios
import tty
from pathlib import Path

END_OF_CODE = b"\r\n"


class SerialPort:
    """What is written here, the firmware reads from `path`. It outlives every firmware that opens it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._master, self._slave = os.openpty()
        # Raw, or the terminal would echo each code and turn its end into something else. Our own open
        # slave keeps the line up while no firmware has it open.
        tty.setraw(self._slave)
        path.unlink(missing_ok=True)
        path.symlink_to(os.ttyname(self._slave))

    def send(self, code: str) -> None:
        """Send one code as a scanner does, with CR LF at its end."""
        os.write(self._master, code.encode() + END_OF_CODE)

    def discard(self) -> None:
        """Forget what nobody has read: the port has lost its power."""
        termios.tcflush(self._slave, termios.TCIFLUSH)

    def close(self) -> None:
        self.path.unlink(missing_ok=True)
        os.close(self._slave)
        os.close(self._master)
