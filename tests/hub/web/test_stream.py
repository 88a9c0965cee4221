import json
import threading
from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient

from kanban_hub.changes import Changes
from kanban_hub.web.seats import Seats
from kanban_hub.web.stream import STOPPING, Pace, hints
from tests.hub.web.site import HandClock, Site


def at_once(clock: HandClock) -> Pace:
    return Pace(look_s=0, beat_s=5, clock=clock)


def read(stream: Iterator[bytes]) -> tuple[str, dict[str, object]]:
    lines = next(stream).decode().splitlines()
    fields = dict(line.split(": ", 1) for line in lines if line)
    return fields["event"], json.loads(fields["data"])


def test_the_first_hint_comes_at_once_so_that_every_start_asks_anew() -> None:
    stream = hints(Changes(), lambda: False, at_once(HandClock()))

    first = next(stream)

    assert first.startswith(b"retry: 2000\n\n")
    assert b'event: changed\ndata: {"version":0,"loops":[]}\n\n' in first


def test_a_change_is_hinted_with_its_loops() -> None:
    changes = Changes()
    stream = hints(changes, lambda: False, at_once(HandClock()))
    next(stream)

    changes.tell(["bracket", "axle"])

    assert read(stream) == ("changed", {"version": 1, "loops": ["axle", "bracket"]})


def test_a_waiting_stream_is_woken_by_a_change() -> None:
    changes = Changes()
    stream = hints(changes, lambda: False, Pace(look_s=30, beat_s=60))
    next(stream)
    threading.Thread(target=changes.tell).start()

    assert read(stream)[0] == "changed"


def test_without_changes_the_stream_beats() -> None:
    clock = HandClock()
    stream = hints(Changes(), _advancing(clock, 2.0), at_once(clock))
    next(stream)

    assert read(stream) == ("beat", {"version": 0})
    assert clock.seconds == 6
    assert read(stream) == ("beat", {"version": 0})


def test_the_stream_ends_when_the_hub_stops() -> None:
    stop = threading.Event()
    stream = hints(Changes(), stop.is_set, at_once(HandClock()))
    next(stream)

    stop.set()

    assert list(stream) == []


def test_the_stream_is_served_as_events_that_nobody_keeps(client: FlaskClient) -> None:
    response = client.get("/api/v1/stream", environ_overrides={STOPPING: lambda: True})

    assert response.mimetype == "text/event-stream"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Accel-Buffering"] == "no"
    assert response.get_data().count(b"event: ") == 1


def test_a_stream_gives_its_seat_back(site: Site) -> None:
    for _ in range(3):
        site.client().get("/api/v1/stream", environ_overrides={STOPPING: lambda: True}).close()

    assert site.parts.seats.taken == 0


def test_a_client_that_breaks_off_gives_its_seat_back(site: Site) -> None:
    response = site.client().get("/api/v1/stream", buffered=False)
    next(response.response)  # type: ignore[call-overload]  # unbuffered it is an iterator
    assert site.parts.seats.taken == 1

    response.close()

    assert site.parts.seats.taken == 0


def test_when_all_seats_are_taken_the_next_client_is_told_to_poll(site: Site) -> None:
    object.__setattr__(site.parts, "seats", Seats(most=1))
    first = site.client().get("/api/v1/stream", buffered=False)

    second = site.client().get("/api/v1/stream")

    assert second.status_code == 503
    assert second.headers["Retry-After"] == "30"
    assert "poll" in second.get_json(force=True)["detail"]
    first.close()
    assert site.parts.seats.take()


def test_more_seats_cannot_be_given_back_than_were_taken() -> None:
    seats = Seats(most=1)

    with pytest.raises(ValueError, match="released too many times"):
        seats.give_back()


def _advancing(clock: HandClock, step_s: float) -> Callable[[], bool]:
    def is_over() -> bool:
        clock.seconds += step_s
        return False

    return is_over
