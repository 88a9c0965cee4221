"""A hub whose plant has a tree of escalation, lists of reasons, and containers that may be suspect."""

import io
from dataclasses import replace

from PIL import Image

from kanban_hub.domain.escalation import EscalationRule
from kanban_hub.domain.plant import Plant
from kanban_hub.domain.reasons import PlantReason, ReasonKind
from tests.hub.web.site import PLANT, Site

PLANT_OF_QUALITY = Plant(
    PLANT.site,
    PLANT.stations.values(),
    PLANT.items.values(),
    [replace(loop, containment_window_s=7_200) for loop in PLANT.loops.values()],
    escalation=(
        EscalationRule(1, 300, 1_800, ("team-lead",)),
        EscalationRule(2, 900, 3_600, ("shift-lead", "quality")),
    ),
    reasons=(
        PlantReason("scratch", "Scratch or dent", ReasonKind.DEFECT),
        PlantReason("burr", "Burr on the edge", ReasonKind.DEFECT),
        PlantReason("worn-tool", "Worn tool", ReasonKind.CAUSE),
    ),
)


def fail(site: Site, **said: str) -> str:
    """A container of `bracket` fails at assembly; the call."""
    return f"call-{site.signal('assembly', 'fail', loop='bracket', **said)}"


def fill(site: Site, count: int = 2) -> None:
    """Let so many containers of `bracket` be made and come in, so that it is known when they were filled."""
    for _ in range(count):
        site.signal("assembly", "pull", loop="bracket")
        site.hand.seconds += 60
        site.signal("paint", "advance", loop="bracket")
        site.signal("paint", "advance", loop="bracket")
        with site.parts.floor() as (floor, _revision):
            card = next(card.id for card in floor.cards.values() if card.state == "in_transit")
        site.hand.seconds += 60
        site.signal("assembly", "scan", code=card)


def picture(width: int = 3_000, form: str = "JPEG") -> bytes:
    """A photo as a phone sends it, with what a camera writes beside it."""
    drawn = io.BytesIO()
    written = Image.Exif()
    written[0x010F] = "A camera of somebody"
    shades = Image.linear_gradient("L").resize((width, width * 3 // 4))
    shades.convert("RGB").save(drawn, form, exif=written)
    return drawn.getvalue()


def multipart(fields: dict[str, str], name: str, data: bytes) -> tuple[bytes, str]:
    """A form with a file as a browser sends it, and its type. Flask's client leaks files over 500 kB."""
    head = "--edge\r\nContent-Disposition: form-data; name="
    texts = "".join(f'{head}"{key}"\r\n\r\n{value}\r\n' for key, value in fields.items())
    begin = f'{texts}{head}"{name}"; filename="{name}.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    return begin.encode() + data + b"\r\n--edge--\r\n", "multipart/form-data; boundary=edge"
