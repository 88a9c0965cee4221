"""Why a label is not what was read. Each says where, and what to do."""


class LabelError(Exception):
    """The root. `code` is what was read, without what cannot be printed."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = "".join(sign if sign.isprintable() else "·" for sign in code[:80])


class WrongCheckError(LabelError):
    """The check characters say that the number was misread or mistyped: it is never guessed."""

    def __init__(self, code: str) -> None:
        super().__init__(code, "the check characters do not fit: scan again, or type the number above them")


class BrokenLabelError(LabelError):
    """Something that begins like a label of a known standard and does not go on like one."""


class NamesNothingError(LabelError):
    """A label in order that names no container: only a lot, a quantity, an order number."""

    def __init__(self, code: str) -> None:
        super().__init__(code, "this code names no card and no item: scan another one of the label")
