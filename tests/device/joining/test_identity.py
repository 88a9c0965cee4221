"""Pairs of key and certificate: whatever is killed when, there is a whole one."""

import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kanban_device.joining.identity import (
    CERTIFICATE,
    FACTS,
    KEY,
    TRUSTED,
    Facts,
    Identity,
    ends_s,
    shown,
)
from kanban_protocol.endpoint import Endpoint

SECURE = Endpoint("hub.lan", 8883, tls=True)


class KilledError(BaseException):
    """As kill -9: nothing that the program would do then is done."""


def parts(name: str) -> dict[str, bytes]:
    facts = Facts("paint", "https://hub.lan:8443", "mqtts://hub.lan:8883", 0, 90)
    return {
        KEY: f"key of {name}".encode(),
        CERTIFICATE: f"certificate of {name}".encode(),
        TRUSTED: b"authority",
        FACTS: msgspec.json.encode(facts),
    }


def used(data: Path) -> dict[str, bytes]:
    pair = Identity(data).current()
    assert pair is not None
    return {path.name: path.read_bytes() for path in pair.folder.iterdir()}


def use(data: Path, name: str) -> None:
    identity = Identity(data)
    identity.switch(identity.keep(parts(name)))


def test_a_pair_is_used_only_when_it_was_switched_to(tmp_path: Path) -> None:
    identity = Identity(tmp_path)
    assert identity.current() is None
    pair = identity.keep(parts("first"))
    assert identity.current() is None

    identity.switch(pair)

    assert used(tmp_path) == parts("first")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in pair.folder.iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE(pair.folder.stat().st_mode) == stat.S_IMODE(identity.folder.stat().st_mode) == 0o700


def _killing(monkeypatch: pytest.MonkeyPatch, at: int) -> list[str]:
    """Kill at the `at`-th step that changes something on the disk. The list says which were reached."""
    reached: list[str] = []

    def watched(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*given: Any, **more: Any) -> Any:
            reached.append(name)
            if len(reached) == at:
                raise KilledError
            return real(*given, **more)

        return step

    for name in ("open", "fsync", "mkdir", "rename", "replace", "symlink", "unlink", "rmdir"):
        monkeypatch.setattr(os, name, watched(name, getattr(os, name)))
    return reached


def test_killed_at_any_step_the_old_pair_or_the_new_one_is_whole_and_the_next_try_succeeds(
    tmp_path: Path,
) -> None:
    seen, steps = set(), 0
    while True:
        steps += 1
        data = tmp_path / str(steps)
        for name in ("older", "old"):
            use(data, name)
        with pytest.MonkeyPatch.context() as monkeypatch:
            reached = _killing(monkeypatch, steps)
            try:
                use(data, "new")
            except KilledError:
                is_killed = True
            else:
                is_killed = False
        found = used(data)
        assert found in (parts("old"), parts("new")), f"step {steps}: {reached[-1]}"
        seen.add(found[KEY])
        use(data, "next")
        assert used(data) == parts("next")
        if not is_killed:
            break

    assert seen == {b"key of old", b"key of new"}
    assert steps > 15  # otherwise the steps are no longer seen here


def test_the_pair_before_is_kept_and_older_ones_go(tmp_path: Path) -> None:
    for name in ("a", "b", "c", "d"):
        use(tmp_path, name)

    kept = sorted(path.name for path in Identity(tmp_path).folder.iterdir())
    assert kept == ["current", "pair-3", "pair-4"]


def test_a_station_shows_its_own_pair_where_its_file_names_no_other(tmp_path: Path) -> None:
    assert shown(SECURE, tmp_path) == SECURE
    use(tmp_path, "first")
    folder = tmp_path / "identity" / "pair-1"

    found = shown(SECURE, tmp_path)
    assert (found.ca, found.certificate) == (str(folder / TRUSTED), str(folder / CERTIFICATE))
    assert found.key == str(folder / KEY)
    assert ends_s(found, tmp_path) == 90

    named = replace(SECURE, certificate="/etc/own.crt", key="/etc/own.key", ca="/etc/ca.crt")
    assert shown(named, tmp_path) == named
    assert ends_s(named, tmp_path) is None
    by_user = shown(replace(SECURE, username="paint", password="secret"), tmp_path)
    assert (by_user.certificate, by_user.ca) == (None, str(folder / TRUSTED))
    plain = Endpoint("127.0.0.1", 1883)
    assert shown(plain, tmp_path) == plain


def test_another_pair_is_another_endpoint_so_that_the_link_notices(tmp_path: Path) -> None:
    use(tmp_path, "first")
    before = shown(SECURE, tmp_path)
    use(tmp_path, "second")

    assert shown(SECURE, tmp_path) != before


@pytest.mark.parametrize("facts", [b"", b"{}", b"nonsense"])
def test_spoilt_facts_say_no_end(tmp_path: Path, facts: bytes) -> None:
    use(tmp_path, "first")
    (tmp_path / "identity" / "pair-1" / FACTS).write_bytes(facts)

    assert ends_s(shown(SECURE, tmp_path), tmp_path) is None
