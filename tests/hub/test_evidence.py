import pytest

from kanban_hub.domain.evidence.chronicle import DAY_MS, Bounds
from kanban_hub.domain.evidence.figures import FIGURES
from kanban_hub.domain.evidence.window import Window
from kanban_hub.domain.plant import Plant
from kanban_hub.errors import NotLoadedError
from kanban_hub.evidence import PAGE, Answer, EvidenceReader
from kanban_hub.inbox import Delivery
from kanban_hub.loading import load_plant
from tests.fakes.store import InMemoryStore
from tests.hub.bench import BRACKET, ITEMS, STATIONS, HubBench, started
from tests.hub.signals import payload


@pytest.fixture
def bench() -> HubBench:
    return started(InMemoryStore())[0]


def pull(bench: HubBench, seq: int) -> None:
    delivery = Delivery("assembly", "t", payload(seq, mono_ms=seq * 60_000), bench.clock.now_ms())
    bench.ledger.take([delivery])


def ask(reader: EvidenceReader, bench: HubBench, name: str) -> Answer:
    now_ms = bench.clock.now_ms()
    return reader.answer(FIGURES[name], Window(now_ms - 30 * DAY_MS, now_ms + 1), now_ms)


def pulls(answer: Answer) -> int:
    return sum(row.pulls for row in answer.rows)


def test_a_figure_is_as_new_as_the_store(bench: HubBench) -> None:
    reader = EvidenceReader(bench.store)
    assert pulls(ask(reader, bench, "turns")) == 0

    pull(bench, 1)
    pull(bench, 2)

    assert pulls(ask(reader, bench, "turns")) == 2
    assert [row.requests for row in ask(reader, bench, "queue-age").rows] == [2, 0]


def test_a_reader_begun_late_says_the_same_as_one_that_followed(bench: HubBench) -> None:
    followed = EvidenceReader(bench.store)
    for seq in range(1, 6):
        bench.hand.seconds += 60
        pull(bench, seq)
        ask(followed, bench, "turns")
    late = EvidenceReader(bench.store)

    for name in FIGURES:
        assert ask(late, bench, name) == ask(followed, bench, name), name


def test_it_reads_on_where_a_page_of_events_ends(bench: HubBench) -> None:
    for seq in range(1, PAGE + 10):
        pull(bench, seq)

    (row,) = ask(EvidenceReader(bench.store), bench, "refusals").rows

    assert row.count == PAGE + 9 - BRACKET.cards


def test_begun_in_mid_history_it_reads_no_older_events_than_its_bounds_say(bench: HubBench) -> None:
    pull(bench, 1)
    bench.hand.seconds += 2 * DAY_MS / 1000
    pull(bench, 2)

    answer = ask(EvidenceReader(bench.store, Bounds(age_ms=DAY_MS)), bench, "turns")

    assert pulls(answer) == 1
    assert answer.complete_from_ms == bench.clock.now_ms()


def test_begun_in_mid_history_it_knows_the_stock_and_where_each_card_was_last_seen(bench: HubBench) -> None:
    for seq in (1, 2, 3):
        pull(bench, seq)
    bench.hand.seconds += 2 * DAY_MS / 1000
    pull(bench, 4)
    bench.hand.seconds += 3_600

    reader = EvidenceReader(bench.store, Bounds(age_ms=DAY_MS))

    assert [row.hours for row in ask(reader, bench, "stock-outs").rows] == [1]
    sheet = ask(reader, bench, "balance").rows[0]
    assert (sheet.requested, len(sheet.events)) == (4, 4)


def test_a_plant_loaded_meanwhile_is_the_one_that_the_figures_are_of(bench: HubBench) -> None:
    reader = EvidenceReader(bench.store)
    assert [row.loop for row in ask(reader, bench, "balance").rows] == ["bracket", "casting"]

    load_plant(bench.store, Plant("plant", STATIONS, ITEMS, (BRACKET,)))

    assert [row.loop for row in ask(reader, bench, "balance").rows] == ["bracket"]


def test_before_a_plant_is_loaded_there_is_no_figure() -> None:
    reader = EvidenceReader(InMemoryStore())

    with pytest.raises(NotLoadedError):
        reader.answer(FIGURES["turns"], Window(0, 1), 1)
