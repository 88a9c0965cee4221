"""What a formula, a replay or a trial cannot work with."""

from dataclasses import dataclass

from kanban_hub.domain.errors import DomainError, Reason


@dataclass(frozen=True)
class InputFault:
    """One figure that cannot be: its name, its value, and what it must be."""

    name: str
    value: object
    must: str

    def __str__(self) -> str:
        return f"{self.name} is {self.value}, and must be {self.must}"


class SizingError(DomainError):
    """Nothing can be worked out."""

    def __init__(self, text: str) -> None:
        super().__init__(Reason.NOT_ALLOWED, text)


class InputError(SizingError):
    """Figures that cannot be; all of them at once."""

    def __init__(self, faults: tuple[InputFault, ...]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = faults


class MissingInputError(SizingError):
    """A formula needs a figure that nobody has given or measured."""

    def __init__(self, name: str) -> None:
        super().__init__(f"needs {name}: give it")
        self.name = name
