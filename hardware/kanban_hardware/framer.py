"""Bytes of a scanner in, codes out. Pure: time is passed in.

readline() with a timeout gives the two halves of a slow code as two codes, and everything a broken
scanner ever sends as one; so lines are found here, with a limit.
"""

import re

from kanban_hardware.inputs import Scanned, Unreadable, UnreadableReason

LIMIT_BYTES = 128
LINE_PATIENCE_S = 1.0
"""A line that has no end after this silence was cut off, by a loose plug or a wrong setting."""
GAP_S = 0.1

TERMINATOR = re.compile(rb"[\r\n]")
# "]" with the symbology's letter and a modifier, ISO/IEC 15424: ]C1 is GS1-128, ]Q3 a GS1 QR code.
AIM_PREFIX = re.compile(rb"^\][A-Za-z][0-9A-Za-z]")
# Printable ASCII, and GS, RS, EOT: the separators within an ISO/IEC 15434 envelope.
ALLOWED = re.compile(rb"[\x20-\x7e\x1d\x1e\x04]+")

Frame = Scanned | Unreadable


class Framer:
    """Keeps at most 129 bytes, whatever the scanner sends. CR, LF or CRLF end a code in both modes."""

    def __init__(self, terminator: str = "line") -> None:
        self._is_gap_mode = terminator == "gap"
        self._patience_s = GAP_S if self._is_gap_mode else LINE_PATIENCE_S
        self._buffer = b""
        self._is_discarding = False
        self._last_at_s = 0.0

    def feed(self, data: bytes, at_s: float) -> list[Frame]:
        """Take bytes that arrived at `at_s` and return the codes that they complete."""
        frames = self.expire(at_s)
        if not data:
            return frames
        self._last_at_s = at_s
        *lines, rest = TERMINATOR.split(data)
        for line in lines:
            frames += self._append(line, at_s) + self._finish(at_s)
        return frames + self._append(rest, at_s)

    def expire(self, at_s: float) -> list[Frame]:
        """Let time pass in silence: it ends a code in gap mode, and a cut-off line otherwise."""
        if at_s - self._last_at_s < self._patience_s:
            return []
        if self._is_gap_mode or not self._buffer:
            return self._finish(at_s)
        self.drop()
        return [Unreadable(UnreadableReason.INCOMPLETE, at_s)]

    def spoil(self, at_s: float) -> list[Frame]:
        """Some of a code has been lost on its way: what is left of it up to its end means nothing."""
        was_told, self._is_discarding = self._is_discarding, True
        self._buffer = b""
        self._last_at_s = at_s
        return [] if was_told else [Unreadable(UnreadableReason.INCOMPLETE, at_s)]

    def drop(self) -> None:
        """Forget a code that has only begun, as after an unplugged cable."""
        self._buffer = b""
        self._is_discarding = False

    def _append(self, data: bytes, at_s: float) -> list[Frame]:
        if self._is_discarding:
            return []
        self._buffer += data[: LIMIT_BYTES + 1]
        if len(self._buffer) <= LIMIT_BYTES:
            return []
        self._buffer = b""
        self._is_discarding = True
        return [Unreadable(UnreadableReason.TOO_LONG, at_s)]

    def _finish(self, at_s: float) -> list[Frame]:
        line = self._buffer.strip(b" \t")
        self.drop()
        # bytes, not str: str.strip() would also take GS and RS off the ends.
        code = AIM_PREFIX.sub(b"", line).strip(b" \t")
        if not code:
            return []
        if not ALLOWED.fullmatch(code):
            return [Unreadable(UnreadableReason.CHARACTERS, at_s)]
        return [Scanned(code.decode("ascii"), at_s)]
