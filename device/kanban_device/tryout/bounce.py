"""The debounce time that the presses call for, beside that of the station's file."""

from collections.abc import Iterator, Mapping

from kanban_device.check.finding import Finding, fail
from kanban_hardware import bounce
from kanban_hardware.bounce import Burst


def look(bursts: Mapping[str, list[Burst]], debounce_ms: int) -> Iterator[Finding]:
    """Compare. Rule and sources: `kanban_hardware.bounce`."""
    pressed = {part: bounce.longest_s(found) for part, found in bursts.items() if found}
    if not pressed:
        return
    for part, longest_s in pressed.items():
        if bounce.debounce_ms(longest_s) is None:
            text = f"bounces for {longest_s * 1000:.0f} ms: its contact is worn, one press can count as two"
            yield fail(f"button {part}", text, f"Replace it; until then debounce_ms = {bounce.MOST_MS}")
    sound = {
        part: longest_s for part, longest_s in pressed.items() if bounce.debounce_ms(longest_s) is not None
    }
    if sound:
        yield _proposal(sound, debounce_ms)


def _proposal(sound: Mapping[str, float], debounce_ms: int) -> Finding:
    worst = max(sound, key=lambda part: sound[part])
    wanted_ms = bounce.debounce_ms(sound[worst])
    assert wanted_ms is not None
    longest = f"the longest bounce was {sound[worst] * 1000:.1f} ms ({worst})"
    text = f"{longest}, which calls for debounce_ms = {wanted_ms}"
    if debounce_ms < wanted_ms:
        return Finding(
            "bounce",
            f"{text}; the file has {debounce_ms}",
            f"Write it into [hardware]: debounce_ms = {wanted_ms}",
        )
    return Finding("bounce", f"{text}; the file's {debounce_ms} is enough")
