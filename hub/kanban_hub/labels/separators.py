"""The control characters of a label, also where a scanner writes them out because a keyboard has none."""

import re

GS, RS, EOT = "\x1d", "\x1e", "\x04"
CONTROLS = GS + RS + EOT

# As scanners are set to write them: {GS}, <GS>, [GS], and the keys Ctrl-], Ctrl-^, Ctrl-D as ^], ^^, ^D.
_WRITTEN = {"GS": GS, "RS": RS, "EOT": EOT, "^]": GS, "^^": RS, "^D": EOT}
_PLACES = re.compile(r"[{<\[](GS|RS|EOT)[}>\]]|(\^[]^D])")


def restored(code: str) -> str:
    """`code` with the control characters that were written out. One that has real ones is left as it is."""
    if any(control in code for control in CONTROLS):
        return code
    return _PLACES.sub(lambda found: _WRITTEN[found[1] or found[2]], code)
