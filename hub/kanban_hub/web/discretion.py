"""Links that are keys stay out of the log: whoever reads it could use them."""

import logging
import re

_KEPT_BACK = re.compile(r"(/(?:s|r|screen|station|welcome)/)[^/?\s]+")


def discreet(record: logging.LogRecord) -> bool:
    """A filter that lets every record through, without what a path bears. The server logs whole paths."""
    record.msg, record.args = _KEPT_BACK.sub(r"\1…", record.getMessage()), ()
    return True
