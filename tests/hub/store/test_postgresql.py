"""What holds on PostgreSQL beside what every store promises (tests/contracts/test_store.py)."""

import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kanban_hub.domain.events import Occasion
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.records.size import LoopSet
from kanban_hub.errors import BusyError, StoreError
from kanban_hub.loading import load_plant
from kanban_hub.main import main
from kanban_hub.ports import EventFilter, Work
from kanban_hub.proof import rebuilt_faults
from kanban_hub.store.database import DatabaseStore
from kanban_hub.store.engine import parse
from tests.hub.bench import PLANT, HubBench, started
from tests.hub.signals import payload
from tests.postgresql import Postgresql, executable
from tests.waiting import until

pytestmark = pytest.mark.postgresql
WAIT_S = 20.0
EXAMPLE = Path(__file__).parents[3] / "hub" / "plant.example.toml"


@pytest.fixture(scope="module")
def own() -> Iterator[Postgresql]:
    """A server that a test may crash."""
    with Postgresql() as made:
        yield made


@pytest.fixture
def opened() -> Iterator[Callable[..., DatabaseStore]]:
    stores: list[DatabaseStore] = []

    def _open(url: str, *, alone: bool = False) -> DatabaseStore:
        stores.append(DatabaseStore(parse(url), alone=alone))
        return stores[-1]

    yield _open
    for store in stores:
        store.close()


def setting(store: DatabaseStore, name: str) -> object:
    with store.transaction() as work:
        return work._connection.exec_driver_sql(f"SHOW {name}").scalar()


def append(work: Work, *cards: int) -> None:
    work.append([(LoopSet("bracket", number), Occasion(Moment.at(number))) for number in cards])


def numbers(store: DatabaseStore) -> list[int]:
    with store.view() as view:
        return [recorded.number for recorded in view.events(EventFilter())]


def crash_within_a_transaction(store: DatabaseStore, server: Postgresql) -> None:
    with store.transaction() as work:
        append(work, 1)
        work.save_plant(PLANT)
        server.crash()


def test_after_a_crash_within_a_transaction_nothing_of_it_is_there_and_all_is_well_again(
    own: Postgresql, opened: Callable[..., DatabaseStore]
) -> None:
    store = opened(own.database(), alone=True)
    with store.view() as view:
        before = view.revision()
    with pytest.raises(StoreError, match="PostgreSQL"):
        crash_within_a_transaction(store, own)
    for way in (store.probe, lambda: numbers(store)):
        with pytest.raises(StoreError):
            way()
    own.start()
    store.probe()
    assert numbers(store) == []
    with store.view() as view:
        assert (view.revision(), view.plant()) == (before, None)
    with store.transaction() as work:
        append(work, 1)
    assert len(numbers(store)) == 1


def test_a_hub_takes_what_is_sent_again_once_after_its_server_crashed(
    own: Postgresql, opened: Callable[..., DatabaseStore]
) -> None:
    bench, probe = started(opened(own.database(), alone=True))
    bench.press(1)
    own.crash()
    bench.press(2)
    assert [receipt.seq for receipt in probe.receipts()] == [1]
    own.start()
    for seq in (1, 2, 2):
        bench.press(seq)
    cards = [(receipt.seq, receipt.card) for receipt in probe.receipts()]
    assert cards == [(1, "bracket-0001"), (1, "bracket-0001"), (2, "bracket-0002"), (2, "bracket-0002")]
    assert_sound(bench)


def test_a_commit_whose_answer_was_lost_is_known_again(
    own: Postgresql, opened: Callable[..., DatabaseStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server commits, and is gone before it can say so."""
    store = opened(own.database(), alone=True)
    bench, probe = started(store)

    def commit_and_fall_silent(connection: Any) -> None:
        monkeypatch.undo()
        connection.commit()
        own.crash()
        connection.execute("SELECT 1")

    monkeypatch.setattr(store._writer.dialect, "do_commit", commit_and_fall_silent)
    bench.press(1)
    assert probe.receipts() == []
    own.start()
    bench.press(1)
    assert [(receipt.seq, receipt.card) for receipt in probe.receipts()] == [(1, "bracket-0001")]
    assert bench.ledger.floor is not None
    assert [card.id for card in bench.ledger.floor.cards.values() if card.asked_ms] == ["bracket-0001"]
    assert_sound(bench)


def assert_sound(bench: HubBench) -> None:
    with bench.store.view() as view:
        assert list(rebuilt_faults(view)) == []


def test_a_second_hub_is_refused_and_other_programs_are_not(
    server: Postgresql, opened: Callable[..., DatabaseStore]
) -> None:
    url = server.database()
    first = opened(url, alone=True)
    with pytest.raises(BusyError, match="another hub works on PostgreSQL"):
        DatabaseStore(parse(url), alone=True)
    load_plant(opened(url), PLANT)
    assert numbers(first)
    first.close()
    opened(url, alone=True).probe()


def test_a_hub_whose_lock_went_to_another_commits_nothing_more(
    own: Postgresql, opened: Callable[..., DatabaseStore]
) -> None:
    url = own.database()
    first = opened(url, alone=True)
    own.crash()
    own.start()
    second = opened(url, alone=True)
    with pytest.raises(BusyError):
        first.probe()
    second.close()
    first.probe()


def test_who_writes_second_waits_so_that_events_are_seen_in_their_order(
    server: Postgresql, opened: Callable[..., DatabaseStore]
) -> None:
    url = server.database()
    hub, load, reader = opened(url, alone=True), opened(url), opened(url)

    def write() -> None:
        with load.transaction() as work:
            append(work, 2)

    second = threading.Thread(target=write)
    with hub.transaction() as work:
        append(work, 1)
        second.start()
        waits = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
        until(lambda: server.do(waits), "the second to wait for the first")
        assert numbers(reader) == []
    second.join(WAIT_S)
    with reader.view() as view:
        assert [recorded.event for recorded in view.events(EventFilter())] == [
            LoopSet("bracket", 1),
            LoopSet("bracket", 2),
        ]


def test_a_commit_is_on_the_disk_whatever_the_database_is_set_to(
    server: Postgresql, opened: Callable[..., DatabaseStore]
) -> None:
    url = server.database()
    server.do(f"ALTER DATABASE {parse(url).database} SET synchronous_commit = off")
    assert setting(opened(url), "synchronous_commit") == "on"


def test_a_database_that_cannot_hold_every_name_is_refused(server: Postgresql) -> None:
    url = server.database("ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0")
    with pytest.raises(StoreError, match=r"LATIN1.*createdb --encoding UTF8"):
        DatabaseStore(parse(url))


def kanban_hub(command: str, *arguments: object, database: str) -> Result:
    return CliRunner(env={"KANBAN_HUB_DATABASE": database}).invoke(main, [command, *map(str, arguments)])


def test_the_commands_work_on_the_database(server: Postgresql, tmp_path: Path) -> None:
    url = server.database()
    empty = kanban_hub("check", "--data", tmp_path, database=url)
    assert (empty.exit_code, "no plant is loaded" in empty.output) == (1, True)
    assert kanban_hub("load", EXAMPLE, "--data", tmp_path, database=url).exit_code == 0
    checked = kanban_hub("check", "--data", tmp_path, database=url)
    assert (checked.exit_code, "database sound" in checked.output) == (0, True)
    assert 'site = "plant"' in kanban_hub("export", "--data", tmp_path, database=url).output
    assert not (tmp_path / "hub.db").exists()


def test_a_copy_is_made_and_put_back_as_backup_and_restore_say(server: Postgresql, tmp_path: Path) -> None:
    url, copy = server.database(), tmp_path / "copy"
    kanban_hub("load", EXAMPLE, database=url)
    said = kanban_hub("backup", copy, database=url)
    assert (said.exit_code, "pg_dump --format=custom --file=COPY DATABASE" in said.output) == (1, True)
    said = kanban_hub("restore", copy, database=url)
    assert (said.exit_code, "pg_restore --clean --if-exists" in said.output) == (1, True)
    epoch = epoch_of(url)
    conninfo = url.replace("+psycopg", "")
    pg(server, "pg_dump", "--format=custom", f"--file={copy}", f"--dbname={conninfo}")
    restore = ("--clean", "--if-exists", "--single-transaction", f"--dbname={conninfo}", copy)
    pg(server, "pg_restore", *restore)
    assert epoch_of(url) == epoch
    done = kanban_hub("restore", database=url)
    assert (done.exit_code, "taken as restored" in done.output) == (0, True)
    assert epoch_of(url) != epoch
    assert kanban_hub("check", database=url).exit_code == 0


def test_no_copy_is_put_back_under_a_running_hub(
    server: Postgresql, opened: Callable[..., DatabaseStore]
) -> None:
    url = server.database()
    opened(url, alone=True)
    said = kanban_hub("restore", database=url)
    assert (said.exit_code, "another hub works on" in said.output) == (1, True)


def epoch_of(url: str) -> str:
    store = DatabaseStore(parse(url))
    with store.view() as view:
        epoch = view.epoch()
    store.close()
    return epoch


def pg(server: Postgresql, program: str, *arguments: object) -> None:
    path = Path(executable() or program).with_name(program)
    subprocess.run([path, *map(str, arguments)], check=True, capture_output=True)


def test_a_bench_on_postgresql_answers_as_one_in_memory(
    server: Postgresql, opened: Callable[..., DatabaseStore]
) -> None:
    (there, told), (here, known) = started(opened(server.database(), alone=True)), started()
    for bench in (there, here):
        for seq, kind in enumerate(("pull", "pull", "fail", "pull", "pull", "pull"), start=1):
            bench.press(seq, kind)
        bench.send("assembly", payload(2))
        bench.writer.turn()
    assert told.receipts() == known.receipts()
    assert there.lamps("paint").slots == here.lamps("paint").slots
