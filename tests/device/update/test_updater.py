import pytest

from kanban_device.errors import DataUnusableError
from kanban_device.update import request
from kanban_device.update.errors import NotAllowedError, UntrustedError
from kanban_device.update.request import Request
from kanban_device.update.state import Memory, State
from kanban_protocol import release
from kanban_protocol.messages import UpdateFault, UpdateReport, UpdateStep
from kanban_protocol.signals import Clock
from tests.device.update.workshop import BLIND, CRASHING, DEAF, SILENT, Shop, Workshop


def state_of(workshop: Workshop) -> State:
    return Memory(workshop.layout).read()


def told(number: int, step: UpdateStep, fault: UpdateFault | None = None) -> UpdateReport:
    return UpdateReport(release=number, step=step, fault=fault)


def order(workshop: Workshop, number: int, *, force: bool = False) -> State:
    """The station asks for `number`, and the updater does what it does."""
    request.write(workshop.data, Request(release=number, force=force))
    workshop.updater().serve(workshop.shop.source)
    assert request.read(workshop.data) is None, "a request that stays would be done again for ever"
    return state_of(workshop)


def test_the_first_release_runs_at_once(workshop: Workshop) -> None:
    workshop.run(1)

    assert workshop.service.running == 1
    assert state_of(workshop).good == 1
    assert workshop.layout.updater.resolve() == workshop.layout.release(1)
    assert not workshop.layout.previous.exists()


def test_a_release_that_proves_itself_stays_and_the_one_before_is_kept(workshop: Workshop) -> None:
    workshop.run(1)
    workshop.shop.make(2)

    state = order(workshop, 2)

    assert (state.running, state.good, state.before, state.trial) == (2, 2, 1, None)
    assert state.report is None
    assert workshop.service.running == 2
    assert workshop.layout.current.resolve() == workshop.layout.release(2)
    assert workshop.layout.previous.resolve() == workshop.layout.release(1)
    assert workshop.layout.updater.resolve() == workshop.layout.release(2)


def test_while_it_is_on_trial_the_release_before_is_the_judge(workshop: Workshop) -> None:
    workshop.run(1)
    workshop.shop.make(2)
    seen = []

    def wait(seconds: float) -> None:
        if state_of(workshop).trial is not None:
            seen.append(workshop.layout.updater.resolve())
            assert workshop.layout.trial.exists()
        Workshop.wait(workshop, seconds)

    workshop.wait = wait  # type: ignore[method-assign]
    order(workshop, 2)

    assert set(seen) == {workshop.layout.release(1)}
    assert not workshop.layout.trial.exists()


def test_only_two_releases_are_kept(workshop: Workshop) -> None:
    workshop.run(1)
    for number in (2, 3, 4):
        workshop.shop.make(number)
        order(workshop, number)

    assert workshop.layout.installed() == [3, 4]
    assert list((workshop.layout.root / "incoming").iterdir()) == []


@pytest.mark.parametrize(
    ("way", "fault"),
    [
        (CRASHING, UpdateFault.NOT_STARTED),
        (SILENT, UpdateFault.NOT_WELL),
        (BLIND, UpdateFault.NOT_WELL),
        (DEAF, UpdateFault.NOT_WELL),
    ],
)
def test_a_release_that_is_not_well_is_led_back_and_told(
    workshop: Workshop, way: str, fault: UpdateFault
) -> None:
    workshop.run(1)
    workshop.shop.make(2)
    workshop.service.ways[2] = way

    state = order(workshop, 2)

    assert workshop.service.running == 1
    assert (state.running, state.good, state.trial, state.bad) == (1, 1, None, [2])
    assert state.report == told(2, UpdateStep.RETURNED, fault)
    assert workshop.layout.current.resolve() == workshop.layout.release(1)


def test_a_release_that_crashes_is_started_three_times_and_no_more(workshop: Workshop) -> None:
    workshop.run(1)
    workshop.shop.make(2)
    workshop.service.ways[2] = CRASHING
    starts = []
    change = Memory.change

    def counted(self: Memory, how: object) -> State:
        state: State = change(self, how)  # type: ignore[arg-type]
        if state.trial is not None:
            starts.append(state.trial.starts)
        return state

    Memory.change = counted  # type: ignore[method-assign]
    try:
        order(workshop, 2)
    finally:
        Memory.change = change  # type: ignore[method-assign]

    assert max(starts) == 3


def test_a_broken_network_is_not_held_against_the_release(workshop: Workshop) -> None:
    workshop.run(1)
    workshop.shop.make(2)
    workshop.service.ways[2] = DEAF
    workshop.is_network_there = False

    assert order(workshop, 2).good == 2


def test_a_bad_release_is_taken_again_only_by_force(workshop: Workshop) -> None:
    workshop.run(1)
    workshop.shop.make(2)
    workshop.service.ways[2] = SILENT
    order(workshop, 2)
    workshop.service.ways.clear()

    assert order(workshop, 2).report == told(2, UpdateStep.REFUSED, UpdateFault.BAD)
    state = order(workshop, 2, force=True)

    assert (state.good, state.bad) == (2, [])


def test_signals_that_wait_put_the_switch_off_until_they_are_sent_or_it_is_forced(workshop: Workshop) -> None:
    workshop.run(1)
    workshop.shop.make(2)
    workshop.service.unsent = 3
    workshop.wait(0)

    assert order(workshop, 2).report == told(2, UpdateStep.REFUSED, UpdateFault.UNSENT)
    assert workshop.service.running == 1
    assert order(workshop, 2, force=True).good == 2


def test_a_lower_number_than_was_ever_seen_is_refused(workshop: Workshop) -> None:
    workshop.run(1)
    for number in (2, 3):
        workshop.shop.make(number)
    workshop.service.ways[3] = SILENT
    order(workshop, 3)

    state = order(workshop, 2)

    assert state.running == 1
    assert state.report == told(2, UpdateStep.REFUSED, UpdateFault.OLDER)


def test_a_release_that_wants_a_step_between_is_refused(workshop: Workshop) -> None:
    workshop.run(1)
    workshop.shop.make(5, minimum=3)

    assert order(workshop, 5).report == told(5, UpdateStep.REFUSED, UpdateFault.TOO_FAR)


def test_an_expired_release_is_refused_only_by_a_clock_that_is_right(workshop: Workshop) -> None:
    workshop.run(1)
    workshop.shop.make(2, days=1)
    workshop.shop.make(3, days=1)

    assert order(workshop, 2).report == told(2, UpdateStep.REFUSED, UpdateFault.EXPIRED)
    workshop.quality = Clock.HELD
    assert order(workshop, 3).good == 3


def test_what_another_key_has_signed_is_refused(workshop: Workshop) -> None:
    workshop.run(1)
    stranger = Shop(workshop.shop.folder / "stranger")
    stranger.make(2)
    workshop.shop.source = stranger.source  # type: ignore[method-assign]

    assert order(workshop, 2).report == told(2, UpdateStep.REFUSED, UpdateFault.UNSIGNED)
    assert state_of(workshop).highest == 1, "only what is signed counts up the number"


def test_another_release_under_the_number_that_was_asked_for_is_refused(workshop: Workshop) -> None:
    workshop.run(1)
    workshop.shop.make(3)
    (workshop.shop.folder / "3").rename(workshop.shop.folder / "2")

    assert order(workshop, 2).report == told(2, UpdateStep.REFUSED, UpdateFault.DAMAGED)


def test_a_wheel_that_is_not_the_one_of_the_manifest_is_refused(workshop: Workshop) -> None:
    workshop.run(1)
    wheel = next(workshop.shop.make(2).glob("click*"))
    wheel.write_bytes(wheel.read_bytes()[:-1] + b"!")

    assert order(workshop, 2).report == told(2, UpdateStep.REFUSED, UpdateFault.DAMAGED)
    assert workshop.layout.installed() == [1]


def test_a_release_without_a_wheel_for_this_machine_is_refused(workshop: Workshop) -> None:
    workshop.run(1)
    folder = workshop.shop.make(2)
    manifest = release.Manifest.decode((folder / release.MANIFEST).read_bytes())
    payload = manifest.encode().replace(b'"py3"', b'"cp313"')
    (folder / release.MANIFEST).write_bytes(payload)
    (folder / release.SIGNATURE).write_bytes(workshop.shop.key.sign(payload))

    assert order(workshop, 2).report == told(2, UpdateStep.REFUSED, UpdateFault.UNFIT)


def test_the_release_that_runs_already_is_done_at_once(workshop: Workshop) -> None:
    workshop.run(1)

    assert order(workshop, 1).report is None
    assert workshop.service.running == 1


def test_somebody_at_the_station_can_go_back_and_the_newer_one_stays_away(workshop: Workshop) -> None:
    workshop.run(1)
    workshop.shop.make(2)
    order(workshop, 2)

    workshop.updater().back()

    assert workshop.service.running == 1
    assert state_of(workshop).report == told(2, UpdateStep.RETURNED, UpdateFault.BY_HAND)
    assert order(workshop, 2).report == told(2, UpdateStep.REFUSED, UpdateFault.BAD)
    with pytest.raises(NotAllowedError, match="no release before"):
        workshop.updater().back()


def test_the_release_that_runs_is_never_installed_over(workshop: Workshop) -> None:
    workshop.run(1)
    (workshop.shop.folder / "1").rename(workshop.shop.folder / "first")
    workshop.shop.make(1, version="0.1.1")
    before = sorted(path.name for path in workshop.layout.release(1).iterdir())

    state = workshop.updater().install(workshop.shop.source(1), force=True)

    assert (state.running, state.trial, state.bad) == (1, None, [])
    assert sorted(path.name for path in workshop.layout.release(1).iterdir()) == before


def test_a_release_by_hand_needs_a_signature_too(workshop: Workshop) -> None:
    workshop.run(1)
    folder = workshop.shop.make(2)
    (folder / release.SIGNATURE).write_bytes(b"0" * 64)

    with pytest.raises(UntrustedError):
        workshop.updater().install(workshop.shop.source(2), force=True)


def test_a_request_that_is_none_is_removed_and_nothing_is_done(workshop: Workshop) -> None:
    workshop.run(1)
    secret = workshop.data / "secret"
    secret.write_text('{"v": 1, "release": 2}')
    for content in (b"", b"{", b'{"v": 1, "release": "../2"}', b'{"release": 2, "url": "x"}', b" " * 2_000):
        (workshop.data / request.FILE).write_bytes(content)
        workshop.updater().serve(workshop.shop.source)
        assert not (workshop.data / request.FILE).exists()
    (workshop.data / request.FILE).mkdir()
    with pytest.raises(DataUnusableError, match=request.FILE):
        workshop.updater().serve(workshop.shop.source)
    (workshop.data / request.FILE).rmdir()
    (workshop.data / request.FILE).symlink_to(secret)
    workshop.updater().serve(workshop.shop.source)

    assert secret.exists(), "a link is removed, not what it leads to"
    assert state_of(workshop).running == 1
    assert state_of(workshop).report is None
