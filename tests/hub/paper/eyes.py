"""What others see of a drawing: its codes, read by ZXing from pixels, and its boxes."""

import re
from collections.abc import Iterator
from itertools import combinations
from xml.etree import ElementTree as ET

import zxingcpp
from PIL import Image, ImageDraw

from kanban_hub.paper.letters import ASCENT, DESCENT
from kanban_hub.paper.shape import Area, Bars, Drawing, Line, Qr, Text

SVG = "{http://www.w3.org/2000/svg}"
DOTS_PER_MM = 12
_MOVE = re.compile(r"translate\(([0-9.]+) ([0-9.]+)\) scale\(([0-9.]+) ([0-9.]+)\)")
_MODULES = re.compile(r"M(\d+) (\d+)h(\d+)v(\d+)h-\d+z")

parsed = ET.fromstring
Box = tuple[float, float, float, float]


def codes(image: Image.Image) -> set[str]:
    """The texts of all codes in a picture, as a scanner tells them."""
    return {found.text for found in zxingcpp.read_barcodes(image, text_mode=zxingcpp.TextMode.Plain)}


def drawn(svg: str) -> Image.Image:
    """The picture of the codes in an SVG."""
    root = parsed(svg)
    width, height = (float(root.attrib[name].removesuffix("mm")) for name in ("width", "height"))
    image = Image.new("L", (round(width * DOTS_PER_MM), round(height * DOTS_PER_MM)), 255)
    brush = ImageDraw.Draw(image)
    for path in root.iter(f"{SVG}path"):
        move = _MOVE.fullmatch(path.attrib["transform"])
        assert move
        x, y, across, down = map(float, move.groups())
        for left, top, wide, high in _MODULES.findall(path.attrib["d"]):
            corner = (x + int(left) * across, y + int(top) * down)
            other = (corner[0] + int(wide) * across, corner[1] + int(high) * down)
            box = [round(value * DOTS_PER_MM) for value in (*corner, *other)]
            brush.rectangle((box[0], box[1], box[2] - 1, box[3] - 1), fill=0)
    return image


def boxes(drawing: Drawing) -> Iterator[tuple[object, Box]]:
    """Left, top, right, bottom of everything but strokes."""
    for shape in drawing.shapes:
        match shape:
            case Text():
                top, bottom = shape.y - ASCENT * shape.size, shape.y + DESCENT * shape.size
                yield shape, (shape.x, top, shape.x + shape.width, bottom)
            case Qr():
                yield shape, (shape.x, shape.y, shape.x + shape.side, shape.y + shape.side)
            case Bars() | Area():
                yield shape, (shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)
            case Line():
                pass


def overlaps(drawing: Drawing) -> list[tuple[object, object]]:
    """The pairs that lie on one another by more than a hair."""
    hair = 0.01
    return [
        (one, other)
        for (one, a), (other, b) in combinations(boxes(drawing), 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > hair and min(a[3], b[3]) - max(a[1], b[1]) > hair
    ]


def beyond(drawing: Drawing) -> list[object]:
    """What stands over the edge."""
    return [
        shape
        for shape, (left, top, right, bottom) in boxes(drawing)
        if left < 0 or top < 0 or right > drawing.width + 0.001 or bottom > drawing.height + 0.001
    ]
