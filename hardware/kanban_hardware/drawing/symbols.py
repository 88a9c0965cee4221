"""The symbols of IEC 60617 that a station needs, each at a point of a horizontal wire."""

from math import copysign

from kanban_hardware.drawing.sheet import BLACK, WHITE, Point, Sheet

RESISTOR_WIDTH = 11.0
CONTACT_WIDTH = 12.0
LAMP_RADIUS = 2.5
FLAG_HEIGHT = 4.4


def dot(sheet: Sheet, at: Point, colour: str = BLACK) -> None:
    """Wires that meet here are joined."""
    sheet.circle(at, 0.7, colour, colour)


def resistor(sheet: Sheet, at: Point, value: str, colour: str) -> None:
    """A resistor with its value in it, its middle at `at`."""
    x, y = at
    sheet.rect((x - RESISTOR_WIDTH / 2, y - 1.6), (RESISTOR_WIDTH, 3.2), colour)
    sheet.text((x, y + 0.9), value, size=2.5)


def fuse(sheet: Sheet, at: Point, value: str, colour: str) -> None:
    x, y = at
    sheet.rect((x - 5, y - 1.4), (10, 2.8), colour)
    sheet.line((x - 5, y), (x + 5, y), colour=colour)
    sheet.text((x, y - 2.2), value, size=2.5)


def contact(sheet: Sheet, at: Point, colour: str) -> None:
    """A push button's normally open contact, its middle at `at`."""
    x, y = at
    left, right = x - 3, x + 3
    sheet.rect((left, y - 3.2), (right - left, 4.2), WHITE)
    sheet.line((x - CONTACT_WIDTH / 2, y), (left, y), colour=colour)
    sheet.line((right, y), (x + CONTACT_WIDTH / 2, y), colour=colour)
    sheet.line((left, y), (right, y - 2.2), colour=colour, width=0.6)
    sheet.circle((left, y), 0.6, colour)
    sheet.circle((right, y), 0.6, colour)
    sheet.line((x, y - 1.1), (x, y - 2.8), colour=colour, width=0.3, dashed=True)
    sheet.line((x - 1.6, y - 2.8), (x + 1.6, y - 2.8), colour=colour, width=0.6)


def lamp(sheet: Sheet, at: Point, colour: str) -> None:
    x, y = at
    sheet.circle(at, LAMP_RADIUS, colour)
    reach = LAMP_RADIUS * 0.707
    sheet.line((x - reach, y - reach), (x + reach, y + reach), colour=colour)
    sheet.line((x - reach, y + reach), (x + reach, y - reach), colour=colour)


def buzzer(sheet: Sheet, at: Point, colour: str) -> None:
    x, y = at
    dome = [
        (x - 3, y + 1.4),
        (x - 3, y),
        (x - 2.1, y - 2.1),
        (x, y - 3),
        (x + 2.1, y - 2.1),
        (x + 3, y),
        (x + 3, y + 1.4),
    ]
    sheet.polygon(*dome, colour=colour)


def diode(sheet: Sheet, at: Point, colour: str) -> None:
    """A diode whose cathode, the bar, is on the right."""
    x, y = at
    sheet.polygon((x - 1.6, y - 1.5), (x - 1.6, y + 1.5), (x + 1.4, y), colour=colour, fill=colour)
    sheet.line((x + 1.4, y - 1.6), (x + 1.4, y + 1.6), colour=colour, width=0.7)


def transistor(sheet: Sheet, base: Point, colour: str) -> tuple[Point, Point]:
    """An NPN transistor from the end of its base wire; returns where collector and emitter end."""
    x, y = base
    collector, emitter = (x + 5, y - 4), (x + 5, y + 4)
    sheet.circle((x + 3, y), 3.6, colour)
    sheet.line((x, y), (x + 2, y), colour=colour)
    sheet.line((x + 2, y - 2.2), (x + 2, y + 2.2), colour=colour, width=0.8)
    sheet.line((x + 2, y - 0.9), (x + 5, y - 2.6), collector, colour=colour)
    sheet.line((x + 2, y + 0.9), (x + 5, y + 2.6), emitter, colour=colour)
    sheet.polygon((x + 5, y + 2.6), (x + 3.3, y + 2.5), (x + 4.2, y + 1.2), colour=colour, fill=colour)
    return collector, emitter


def flag(sheet: Sheet, at: Point, text: str, colour: str, width: float) -> None:
    """A wire's name at its end: it goes on at the flag of the same name. A negative width points left."""
    x, y = at
    half = FLAG_HEIGHT / 2
    tip, far = x + width, x + width - copysign(half, width)
    sheet.polygon((x, y - half), (far, y - half), (tip, y), (far, y + half), (x, y + half), colour=colour)
    sheet.text(((x + far) / 2, y + 0.9), text, size=2.6)
