"""Why a label printer has not printed. Each says where, and what to look at."""

from kanban_hub.errors import HubError


class PrinterError(HubError):
    """The root. `printer` is the name of the printer."""

    hint = "look at the printer"

    def __init__(self, printer: str, address: str, what: str) -> None:
        super().__init__(f"{printer} ({address}): {what}: {self.hint}")
        self.printer = printer
        self.address = address


class UnreachableError(PrinterError):
    """Nothing answers there: switched off, unplugged, or another address."""

    hint = "is it on, and is this its address?"


class RefusedError(PrinterError):
    """A machine is there and takes no print jobs on this port."""

    hint = "is raw printing switched on there, on this port?"


class StuckError(PrinterError):
    """It has taken a part of the job and no more: out of labels, open, or paused."""

    hint = "is there paper, is it closed, is it paused? A part may be printed"


class OccupiedError(PrinterError):
    """Another job of this hub is on its way there."""

    hint = "try again in some seconds"
