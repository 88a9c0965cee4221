"""`kanban-station join` and `renew` as a person types them, at a real door over TLS."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography import x509

from kanban_device.joining import renew as renewing
from kanban_device.joining.identity import Identity, Pair
from kanban_device.main import main
from kanban_hub.identity import own
from kanban_hub.identity.door import Door
from kanban_hub.identity.listener import Listener
from kanban_hub.throttle import Throttle
from kanban_protocol.handshake import Tried, Verdict
from tests.hub.identity.desk import Desk

DAY_S = 86_400


@dataclass
class Site:
    """A hub's door, and a station beside it that knows nothing of it yet."""

    desk: Desk
    url: str
    folder: Path
    listener: Listener

    @property
    def config(self) -> Path:
        return self.folder / "station.toml"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def write(self, mqtt: str = "mqtts://127.0.0.1:8883", more: str = "") -> None:
        self.config.write_text(
            f'[station]\nid = "paint"\nsite = "plant"\ndata = "{self.data}"\n[mqtt]\nurl = "{mqtt}"\n{more}'
            '[hardware]\npins = "mock"\n[[hardware.slots]]\nslot = 1\nbutton = 17\nlamp = 22\n'
        )

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(main, [words[0], "--config", str(self.config), *words[1:]])

    def join(self, *words: str, code: str | None = None) -> Result:
        text = code or self.desk.codes.issue("paint", None).text
        known = () if "--ca" in words or "--ca-fingerprint" in words else self.pin
        return self.run("join", "--hub", self.url, "--code", text, *known, *words)

    def follow(self) -> None:
        """What the running hub does when the authority has changed."""
        authority = self.desk.authority()
        pem = own.at_door(authority, ["127.0.0.1"], self.desk.now_ms())
        self.listener.follow(pem, own.trusted(authority))

    @property
    def pin(self) -> tuple[str, str]:
        return "--ca-fingerprint", self.desk.authority().fingerprint

    def current(self) -> Pair:
        found = Identity(self.data).current()
        assert found is not None
        return found


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    desk = Desk(tmp_path / "hub", time.time())
    authority = desk.authority()
    door = Door(desk.joining, desk.authority, lambda _: "mqtts://hub.lan:8883", Throttle(50, time.monotonic))
    pem = own.at_door(authority, ["127.0.0.1"], desk.now_ms())
    listener = Listener(door, ("127.0.0.1", 0), pem, own.trusted(authority))
    made = Site(desk, f"https://127.0.0.1:{listener.open()}", tmp_path, listener)
    made.write()
    thread = threading.Thread(target=listener.serve)
    thread.start()
    yield made
    listener.close()
    thread.join()


def test_a_station_joins_by_code_and_fingerprint_and_its_key_never_leaves_it(site: Site) -> None:
    joined = site.join()

    assert (joined.exit_code, "joined as paint, until" in joined.output) == (0, True), joined.output
    pair = site.current()
    certificate = x509.load_pem_x509_certificate(pair.certificate.read_bytes())
    assert site.desk.joining.who(certificate) == "paint"
    assert pair.facts().ends_s == int(certificate.not_valid_after_utc.timestamp())
    assert pair.facts().hub == site.url
    assert "PRIVATE" not in repr(site.desk.store._tables.identities)
    assert not Identity(site.data).asking.exists()


def test_the_hub_may_be_named_by_file_and_in_the_stations_own_file(site: Site) -> None:
    trusted = site.desk.data / "identity" / "trusted.crt"
    site.write(more=f'[hub]\nurl = "{site.url}"\nca = "{trusted}"\n')
    code = site.desk.codes.issue("paint", None).text

    (site.folder / "code").write_text(f"{code}\n")
    assert site.run("join", "--code-file", str(site.folder / "code")).exit_code == 0
    assert site.run("join").exit_code == 2
    assert site.run("join", "--code-file", "/no/such/file").exit_code == 1
    assert site.join("--ca", str(trusted)).exit_code == 0


def test_an_answer_that_was_lost_is_fetched_again_by_the_same_command(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = site.desk.codes.issue("paint", None).text

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Identity, "keep", killed)
        assert site.join(code=code).exit_code != 0
    assert Identity(site.data).current() is None

    assert site.join(code=code).exit_code == 0
    assert site.current().facts().station == "paint"


def test_the_code_is_sent_to_no_hub_but_the_one_whose_fingerprint_was_given(
    site: Site, tmp_path: Path
) -> None:
    other = Desk(tmp_path / "other", site.desk.now_s).authority()
    foreign = own.trusted(other)
    code = site.desk.codes.issue("paint", None).text

    for words in (("--ca-fingerprint", other.fingerprint), ("--ca", str(foreign))):
        refused = site.join(*words, code=code)
        assert (refused.exit_code, "the code was not sent" in refused.output) == (1, True), refused.output

    (known,) = site.desk.codes.all()
    assert (known.tries, known.used_ms) == (0, None)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--code", "AAAAA-AAAAA"], "not the code of station paint; 4 tries are left"),
        (["--ca-fingerprint", ""], "--ca-fingerprint"),
        (["--ca", "/no/such/file"], "/no/such/file"),
        (["--hub", "https://127.0.0.1:1"], "is the hub running with --door"),
        (["--hub", "http://127.0.0.1:1"], "https://"),
        (["--hub", "hub.lan"], "https://"),
    ],
)
def test_each_fault_is_told_with_what_to_do_and_without_a_traceback(
    site: Site, words: list[str], said: str
) -> None:
    told = site.join(*words)

    assert (told.exit_code, said in told.output) == (1, True), told.output
    assert "Traceback" not in told.output
    assert Identity(site.data).current() is None


def test_without_any_hub_or_with_plain_mqtt_it_is_said_what_is_missing(site: Site) -> None:
    assert "[hub]" in site.run("join", "--code", "x").output
    site.write("mqtt://127.0.0.1:1883")
    assert "without TLS" in site.join().output


def test_a_station_renews_from_two_thirds_of_the_certificates_life_on(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert site.run("renew").exit_code == 1  # not joined yet
    site.join()
    first = site.current()
    assert "renewed from" in site.run("renew").output
    assert site.current() == first

    monkeypatch.setattr(renewing, "tried", lambda _: Tried(Verdict.ACCEPTED))
    monkeypatch.setattr(time, "time", lambda: site.desk.now_s + 61 * DAY_S)
    renewed = site.run("renew")

    assert (renewed.exit_code, "renewed until" in renewed.output) == (0, True), renewed.output
    second = site.current()
    assert second != first
    assert second.key.read_bytes() != first.key.read_bytes()


@pytest.mark.parametrize("verdict", [Verdict.REFUSED, Verdict.UNREACHABLE])
def test_a_certificate_that_the_broker_does_not_take_is_not_switched_to(
    site: Site, monkeypatch: pytest.MonkeyPatch, verdict: Verdict
) -> None:
    site.join()
    first = site.current()
    monkeypatch.setattr(renewing, "tried", lambda _: Tried(verdict, "unknown authority"))

    told = site.run("renew", "--now")

    assert (told.exit_code, "unknown authority" in told.output) == (1, True)
    assert site.current() == first
    assert sorted(path.name for path in Identity(site.data).folder.iterdir()) == ["current", "pair-1"]


def test_a_revoked_station_cannot_renew_and_joins_again_with_a_new_code(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.join()
    site.desk.later(1)
    site.desk.joining.revoke("paint", None)
    told = site.run("renew", "--now")
    assert (told.exit_code, "is revoked" in told.output) == (1, True)

    site.desk.later(1)
    assert site.join().exit_code == 0
    monkeypatch.setattr(renewing, "tried", lambda _: Tried(Verdict.ACCEPTED))
    assert site.run("renew", "--now").exit_code == 0


def test_when_the_authority_rolls_a_station_learns_the_next_one_before_it_signs(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.join()
    monkeypatch.setattr(renewing, "tried", lambda _: Tried(Verdict.ACCEPTED))
    site.desk.authority().begin_next(site.desk.now_ms())
    site.follow()
    assert site.run("renew", "--now").exit_code == 0
    assert site.current().trusted.read_bytes().count(b"BEGIN") == 2

    site.desk.authority().switch()
    site.follow()
    assert site.run("renew", "--now").exit_code == 0
    made = x509.load_pem_x509_certificate(site.current().certificate.read_bytes())
    made.verify_directly_issued_by(site.desk.authority().signer.certificate)
