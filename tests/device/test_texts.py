"""The station's own texts: in its language, else in English."""

from gettext import GNUTranslations
from pathlib import Path

import pytest

from kanban_device import texts
from kanban_device.answers import text_of
from kanban_device.config import load
from kanban_device.texts import Texts
from kanban_protocol.catalogue import LANGUAGES
from kanban_protocol.messages import Receipt, ReceiptStatus
from kanban_protocol.refusals import TEXTS, Refusal
from kanban_protocol.signals import Intent
from kanban_protocol.tomlfile import ConfigError
from tests.device.test_config import MINIMAL, written


class German(GNUTranslations):
    def __init__(self) -> None:
        super().__init__()
        self._catalog = {TEXTS[Refusal.CARD_HELD]: "Karte ist gesperrt"}
        self.plural = lambda count: int(count != 1)


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> Texts:
    monkeypatch.setattr(texts, "catalogue", lambda _folder, language: {"de": German()}[language])
    return Texts("de")


def test_a_refusal_is_said_by_its_reason_in_the_language_of_the_station(german: Texts) -> None:
    receipt = Receipt(
        seq=1, status=ReceiptStatus.REFUSED, reason=Refusal.CARD_HELD, text="Card is on hold since noon"
    )

    assert text_of(receipt, german) == "Karte ist gesperrt"


def test_what_has_no_translation_is_said_in_english(german: Texts) -> None:
    assert german.refusal(Refusal.UNREADABLE) == TEXTS[Refusal.UNREADABLE]
    assert german.salvaged(1) == "Store was damaged: 1 signal saved"
    assert german.salvaged(2) == "Store was damaged: 2 signals saved"


def test_what_has_no_reason_is_said_as_the_hub_says_it(german: Texts) -> None:
    told = Receipt(seq=1, status=ReceiptStatus.ALREADY, text="Already asked for: 4 of 4 on the way")

    assert text_of(told, german) == "Already asked for: 4 of 4 on the way"
    assert text_of(Receipt(seq=1, status=ReceiptStatus.ALREADY), german) == "Already"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there_in_every_language_and_fits_the_display(language: str) -> None:
    own = Texts(language)
    said = [
        *map(own.refusal, Refusal),
        *map(own.armed, (Intent.FAIL, Intent.UNDO, Intent.RECEIVE)),
        *map(own.status, ReceiptStatus),
        own.not_now(),
        own.salvaged(5_000),
        own.hub_silent(),
        own.waiting(1),
        own.waiting(100_000),
    ]

    assert all(1 <= len(text) <= 80 for text in said)


def test_the_language_stands_in_the_stations_file_and_is_english_without(tmp_path: Path) -> None:
    path = written(tmp_path, MINIMAL)
    assert load(path).station.language == "en"

    path.write_text(path.read_text().replace("[station]", '[station]\nlanguage = "pl"'))
    assert load(path).station.language == "pl"

    path.write_text(path.read_text().replace('"pl"', '"klingon"'))
    with pytest.raises(ConfigError) as caught:
        load(path)
    (fault,) = caught.value.faults
    assert (fault.where, fault.hint) == ("station.language", "one of en, de, es, pl, zh")
