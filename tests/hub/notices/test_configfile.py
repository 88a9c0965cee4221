import base64
import re
from pathlib import Path

import pytest

from kanban_hub.domain.escalation import EscalationRule
from kanban_hub.domain.plant import Plant
from kanban_hub.notices import configfile
from kanban_hub.notices.config import Digest, Person, Smtp, Webhook
from kanban_hub.notices.notice import NoticeEvent
from kanban_protocol.tomlfile import ConfigError
from tests.hub.bench import BRACKET, ITEMS, PLANT, STATIONS
from tests.hub.notices.samples import KEY, secret

EXAMPLE = Path(__file__).parents[3] / "hub" / "notices.example.toml"
SMTP = '[smtp]\nhost = "localhost"\nport = 25\ntls = "none"\nsender = "k@plant.example"\n'
PERSON = '[[people]]\nid = "a"\nname = "A"\nmail = "a@plant.example"\nevents = ["digest"]\n'
HOOK = '[[webhooks]]\nid = "h"\nurl = "https://x.example/"\nsecret_file = "key"\nevents = ["starving"]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    whsec = "whsec_" + base64.b64encode(KEY).decode()
    for name, text in {"smtp.password": "x", "maintenance.secret": whsec, "key": whsec, "bad": "abc"}.items():
        secret(tmp_path / name, text)
    return tmp_path


def faults(folder: Path, text: str) -> str:
    path = folder / "notices.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as found:
        configfile.load(path, PLANT)
    return str(found.value)


def test_the_example_is_without_fault_and_shows_every_event(folder: Path) -> None:
    path = folder / "notices.toml"
    path.write_text(EXAMPLE.read_text())
    config = configfile.load(path)
    assert all(config.wants(event) for event in NoticeEvent)
    assert config.smtp is not None
    assert config.smtp.password_file == str(folder / "smtp.password")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PERSON, "there is no mail server"),
        (SMTP.replace("localhost", "mail.example"), "smtp.tls: without TLS only to this machine"),
        (SMTP + 'user = "u"\n', "user and password_file belong together"),
        (SMTP + 'user = "u"\npassword_file = "no"\n', "cannot be read: No such file"),
        (SMTP + 'ca = "no.pem"\n', "No such file"),
        (SMTP + 'ca = "bad"\n', "smtp.ca: no certificate in"),
        (SMTP + PERSON.replace("a@plant", "ä@plant"), "people[0].mail"),
        (SMTP + PERSON.replace("a@plant", "a..b@plant"), "people[0].mail"),
        (SMTP + PERSON.replace("a@plant", "a b@plant"), "people[0].mail"),
        (SMTP + PERSON.replace("a@plant", "a@plant\\r\\nBcc: x"), "people[0].mail"),
        (SMTP + PERSON.replace("digest", "lunch"), "people[0].events"),
        (SMTP + PERSON + 'language = "klingon"\n', "people[0].language"),
        (SMTP + PERSON + PERSON, "people[1].id: 'a' stands twice"),
        (SMTP + PERSON + HOOK.replace('"h"', '"a"'), "webhooks[0].id: 'a' stands twice"),
        (SMTP + PERSON + 'stations = ["moon"]\n', "no station 'moon' in the plant"),
        (SMTP + PERSON + 'supplier = "moon"\n', "'moon' is no external station of the plant"),
        (SMTP + PERSON + 'supplier = "paint"\n', "external stations there: castings-inc"),
        (
            SMTP + PERSON + 'supplier = "castings-inc"\nstations = ["paint"]\n',
            "`supplier` names the station already",
        ),
        (SMTP + PERSON + 'shifts = ["moon"]\n', "no shift 'moon' in the plant"),
        (SMTP + PERSON + "shifts = []\n", "people[0].shifts"),
        (HOOK.replace("https", "http"), "webhooks[0].url: http:// is for receivers in the plant"),
        (HOOK.replace("x.example", "10.0.0.1"), "webhooks[0].url: the receiver's address is private"),
        (HOOK.replace('"key"', '"bad"'), "webhooks[0].secret_file: the secret is not whsec_"),
        ('[digest]\nat = "6 am"\n', "digest.at"),
        ("boards = 1\n", "did you mean `board`?"),
    ],
)
def test_a_fault_is_named_with_its_line_and_a_hint(folder: Path, text: str, said: str) -> None:
    found = faults(folder, text)
    assert said in found
    assert "notices.toml:" in found


def test_all_faults_are_told_at_once(folder: Path) -> None:
    found = faults(folder, SMTP.replace("localhost", "mail.example") + HOOK.replace("https", "ftp"))
    assert len(found.splitlines()) == 4


def test_the_example_shows_every_setting() -> None:
    shown = set(re.findall(r"^(?:# )?(\w+) = ", EXAMPLE.read_text(), re.MULTILINE))
    tables = (Smtp, Person, Webhook, Digest)
    settings = {field for table in tables for field in table.__struct_fields__}
    assert settings <= shown


def test_a_group_of_the_escalation_that_nobody_is_of_is_a_fault(folder: Path) -> None:
    path = folder / "notices.toml"
    path.write_text(SMTP + PERSON + 'groups = ["team-lead"]\n')
    rules = [EscalationRule(1, 60, 60, ("team-lead",)), EscalationRule(2, 60, 60, ("manager",))]
    plant = Plant("plant", STATIONS, ITEMS, (BRACKET,), escalation=rules)
    assert [fault.text for fault in configfile.plant_faults(configfile.load(path), plant)] == [
        "nobody is of the group 'manager'"
    ]


def test_whoever_is_outside_the_plant_is_told_of_its_own_station_only(folder: Path) -> None:
    path = folder / "notices.toml"
    path.write_text(SMTP + PERSON + 'supplier = "castings-inc"\n')

    (person,) = configfile.load(path, PLANT).people

    assert person.stations == ["castings-inc"]


def test_a_secret_that_everybody_can_read_is_a_fault(folder: Path) -> None:
    (folder / "key").chmod(0o644)
    assert "chmod 600" in faults(folder, HOOK)


def test_no_fault_shows_a_secret(folder: Path) -> None:
    assert "abc" not in faults(folder, HOOK.replace('"key"', '"bad"'))


def test_a_plain_connection_to_another_machine_has_to_be_asked_for(folder: Path) -> None:
    path = folder / "notices.toml"
    path.write_text(SMTP.replace("localhost", "mail.example") + "allow_plain = true\n")
    assert configfile.load(path).smtp is not None
