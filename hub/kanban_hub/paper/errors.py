"""Why something cannot be printed. Each says what to do."""


class PaperError(Exception):
    """The root."""


class NoRoomError(PaperError):
    """A size in which there is no room, or for which the paper is too small. In mm."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__(f"{width:g} × {height:g} mm")
        self.width = width
        self.height = height


class TooManyError(PaperError):
    """More at once than is printed at once."""

    def __init__(self, many: int, most: int) -> None:
        super().__init__(f"{many} of at most {most}")
        self.many = many
        self.most = most
