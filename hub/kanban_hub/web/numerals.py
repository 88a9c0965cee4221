"""Numbers as their reader writes them."""

from kanban_hub.language import spoken

# Unicode CLDR, "decimal": languages that are not here write a point.
_DECIMALS = {"de": ",", "es": ",", "pl": ","}
_LEAST = 0.1  # percent


def numeral(value: float, digits: int = 1) -> str:
    """`value` with at most `digits` behind the decimal sign, and no zeros at the end."""
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = "0" if text == "-0" else text
    return text.replace(".", _DECIMALS.get(spoken(), "."))


def percent(share: float) -> str:
    """A share of 1. Less than all is never told as all, nor more than nothing as nothing."""
    value = share * 100
    if 0 < share < 1:
        value = min(max(value, _LEAST), 100 - _LEAST)
    is_near_an_end = min(value, 100 - value) < 1
    return f"{numeral(value, 1 if is_near_an_end else 0)}\N{NO-BREAK SPACE}%"
