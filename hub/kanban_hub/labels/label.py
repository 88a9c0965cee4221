"""What a label says, whatever standard it follows."""

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """What a code was."""

    CARD = "card"  # a card number as people type it
    CHECKED = "checked"  # a card number with check characters, as it is printed
    LINK = "link"  # the address of a card's page, as the QR code of a printed card has it
    MH10 = "mh10"  # data identifiers of ANSI MH10.8.2
    GS1 = "gs1"  # application identifiers of GS1, or a bare GTIN or SSCC
    TEXT = "text"  # anything else: it means what it is bound to, or nothing


@dataclass(frozen=True)
class Label:
    """A code that was read. `text` is the whole of it; what it does not say is `None`."""

    form: Form
    text: str
    card: str | None = None
    kanban: str | None = None  # a kanban number of another system
    item_code: str | None = None
    gtin: str | None = None  # 14 digits
    lot: str | None = None
    quantity: int | None = None  # pieces
    serial: str | None = None
    sscc: str | None = None  # 18 digits
    order: str | None = None
    supplier: str | None = None
    engineering_level: str | None = None

    @property
    def container_keys(self) -> list[str]:
        """What names this one container, the surest first. A serial number is one of its item's."""
        item = self.gtin or self.item_code or self.supplier or ""
        keys = [
            self.sscc and f"sscc:{self.sscc}",
            self.kanban and f"kanban:{self.kanban}",
            self.serial and f"serial:{item}/{self.serial}",
            f"text:{self.text}" if self.form is Form.TEXT else None,
        ]
        return [key for key in keys if key]

    @property
    def item_keys(self) -> list[str]:
        """What names its item, the surest first."""
        keys = [
            self.gtin and f"gtin:{self.gtin}",
            self.item_code and f"item:{self.item_code}",
            f"text:{self.text}" if self.form is Form.TEXT else None,
        ]
        return [key for key in keys if key]
