"""Suppliers' links stay out of the log: whoever reads it could answer for them."""

import logging
import re

_KEPT_BACK = re.compile(r"(/[sr]/)[^/?\s]+")


def discreet(record: logging.LogRecord) -> bool:
    """A filter that lets every record through, without what a path bears. The server logs whole paths."""
    record.msg, record.args = _KEPT_BACK.sub(r"\1…", record.getMessage()), ()
    return True
