"""The colour of each part's wires. Every wire bears its name too, so that a print in black says the same."""

NAMED = {
    "quality": "#b00020",
    "help": "#00639b",
    "red": "#c00000",
    "amber": "#a85d00",
    "green": "#1a7337",
    "blue": "#1f4fbf",
    "white": "#6b6b6b",
    "buzzer": "#333333",
    "display": "#4a4a8a",
}
# After Okabe and Ito's palette for the colour-blind, darkened until text in it is read on white (4.5 : 1).
NUMBERED = ("#0072b2", "#b34a00", "#00735a", "#963c80", "#5f5f00", "#6a3db5", "#80501f", "#00708a")

GROUND = "#000"
PLUS = "#c00000"


def of(part: str) -> str:
    """The colour of a part: "slot-1" … by their number, the others by name, black for what is new here."""
    _kind, dash, number = part.partition("-")
    if dash and number.isdecimal():
        return NUMBERED[(int(number) - 1) % len(NUMBERED)]
    return NAMED.get(part, GROUND)
