"""An outage lived through on paper, with a real hub that is killed while the sheet is entered."""

import re
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Callable
from html import unescape
from http.cookiejar import CookieJar

import pytest

from tests.system.contract import ContractStation
from tests.system.hub import HubProcess, program

pytestmark = pytest.mark.mosquitto

Join = Callable[..., ContractStation]
PASSWORD = "four lit lamps"
ENTRY = "/print/paper-mode/entry"


class Lead:
    """A supervisor at a browser without scripts."""

    def __init__(self, hub: HubProcess) -> None:
        self._root = f"http://127.0.0.1:{hub.port}"
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        command = [
            "account",
            "add",
            "lead",
            "--role",
            "supervisor",
            "--url",
            self._root,
            "--data",
            str(hub.data),
        ]
        done = subprocess.run([*program(), *command], capture_output=True, text=True, check=True)
        link = re.search(r"/welcome/\S+", done.stdout)
        assert link, done.stdout
        self.send(link[0], {"new": PASSWORD, "again": PASSWORD})
        self.send("/login", {"name": "lead", "password": PASSWORD})

    def read(self, path: str) -> str:
        with self._opener.open(self._root + path, timeout=20) as answer:
            return str(answer.read().decode())

    def send(self, path: str, fields: dict[str, str] | list[tuple[str, str]]) -> str:
        """The text of the page that answers."""
        pairs = list(fields.items()) if isinstance(fields, dict) else fields
        token = re.search(r'<meta name="kanban-form" content="([^"]+)">', self.read("/account"))
        body = urllib.parse.urlencode([*pairs, ("form", token[1] if token else "")]).encode()
        asked = urllib.request.Request(self._root + path, body, {"Origin": self._root})
        with self._opener.open(asked, timeout=20) as answer:
            return unescape(re.sub(r"<[^>]+>", " ", answer.read().decode()))


def rows(*lines: tuple[str, str]) -> list[tuple[str, str]]:
    """The fields of the page's table: what and which card, numbered from 1."""
    found = [("sheet", "7K3Q9M")]
    for number, (entry, card) in enumerate(lines, 1):
        found += [("line", str(number)), ("entry", entry), ("at", ""), ("code", card)]
    return found


def test_a_sheet_is_entered_once_though_the_hub_is_killed_in_between(hub: HubProcess, join: Join) -> None:
    lead = Lead(hub)
    # What the station has kept by itself comes first, and the same container stands on the sheet too.
    join("assembly").send("scan", {"code": "bracket-0001"})
    sheet = rows(
        ("pull", "bracket-0001"),
        ("pull", "BRACKET.0002.CS"),
        ("receive", "bracket-0002"),
        ("pull", "bracket-0002"),
    )

    said = lead.send(f"{ENTRY}/done", sheet)
    hub.kill9()
    hub.start()
    again = lead.send(f"{ENTRY}/done", sheet)

    assert "3 lines count." in said
    assert again.count("Entered before: nothing follows.") == 4
    assert hub.states("bracket") == {
        "bracket-0001": "requested",
        "bracket-0002": "requested",
        "bracket-0003": "full",
        "bracket-0004": "full",
    }
    pulls = [
        e for e in hub.items("/api/v1/events") if e["kind"] == "card_moved" and e["data"]["move"] == "pull"
    ]
    assert [(event["card"], event["clock"]) for event in pulls][1:] == [("bracket-0002", "undated")] * 2
    check = subprocess.run(
        [*program(), "check", "--data", str(hub.data)], capture_output=True, text=True, check=False
    )
    assert check.returncode == 0, check.stderr


def test_a_reissued_card_answers_and_the_old_number_is_refused(hub: HubProcess, join: Join) -> None:
    page = Lead(hub).send("/print/cards/bracket-0001/reissue", {"reason": "torn"})
    assembly = join("assembly")

    old = assembly.send("scan", {"code": "BRACKET.0001.2H"})
    new = assembly.send("scan", {"code": "HTTP://HUB/C/BRACKET.0005.8E"})

    assert "has taken the place of one whose number is void" in page
    assert (old["status"], old["reason"]) == ("refused", "card_retired")
    assert (new["card"], new["state"]) == ("bracket-0005", "requested")
