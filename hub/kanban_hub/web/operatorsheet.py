"""The operator's one page: what to press and what the lamps say, to read or to hang beside the station."""

from dataclasses import dataclass

from flask import Response

from kanban_hub.language import N_
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.parts import WebParts


@dataclass(frozen=True)
class Row:
    """A lamp's `pattern`, and what it says. `colour` is one of the stack light; slots are `white`."""

    colour: str
    pattern: str
    says: str


# Four seconds of each pattern, in tenths of a second: when it lights up, and for how long.
RHYTHMS = {
    "off": (),
    "slow": ((0, 10), (20, 10)),
    "on": ((0, 40),),
    "fast": tuple((start, 3) for start in range(0, 40, 6)),
    "double": ((0, 2), (4, 2), (20, 2), (24, 2)),
}

# As the contract has them; a test holds the two together.
SLOTS = (
    Row("white", "off", N_("You use up: all containers are full. You make: nothing is asked, make nothing.")),
    Row(
        "white",
        "slow",
        N_("You use up: asked for, not seen by anybody yet. You make: new, press for “seen”."),
    ),
    Row("white", "on", N_("You use up: seen, being made or on the way. You make: press at the next step.")),
    Row("white", "fast", N_("You use up: no full container is left. You make: serve this first.")),
    Row("white", "double", N_("No information: the hub is not heard. Go on pressing, it is kept.")),
)
STACK = (
    Row("red", "slow", N_("Help is called, nobody has taken the call.")),
    Row("red", "on", N_("Somebody has taken the call. Or a container is doubted: use none that is marked.")),
    Row("red", "fast", N_("Help is overdue.")),
    Row("amber", "slow", N_("New work that nobody has seen. Or a call: go on while there is time to help.")),
    Row("amber", "on", N_("Work waits.")),
    Row("amber", "fast", N_("What is promised comes after you run out.")),
    Row("green", "on", N_("Nothing waits, and the hub is heard.")),
    Row("blue", "on", N_("What was pressed here is kept and waits for the hub. Go on.")),
    Row("white", "slow", N_("Press or scan now, to complete what you have begun.")),
)


def sheet(parts: WebParts) -> Response:
    return shown(parts, "operatorsheet.html", {"slots": SLOTS, "stack": STACK, "rhythms": RHYTHMS})


PAGES = (Page("GET /help", sheet, is_open=True),)
