"""How large the letters of the map are: on a wall larger, and less is said with them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Type:
    """Pixels of the drawing. `name_first` is where the first of two lines of a name stands in its box.

    `chip_room` is what a chip takes beside its words: its shape and its ends.
    """

    name: float
    name_first: float
    name_step: float
    lamp: float
    lamp_first: float
    lamp_step: float
    bulb: float
    chip: float
    chip_high: float
    chip_room: float
    call: float
    is_wall: bool = False

    @property
    def chip_line(self) -> float:
        """Where the line of a chip's words stands."""
        return self.chip_high / 2 + self.chip * 0.36


DESK = Type(
    name=18, name_first=22, name_step=20, lamp=14, lamp_first=64, lamp_step=22, bulb=8,
    chip=14, chip_high=27, chip_room=36, call=15,
)  # fmt: skip
WALL = Type(
    name=25, name_first=28, name_step=26, lamp=20, lamp_first=78, lamp_step=27, bulb=11,
    chip=18, chip_high=34, chip_room=42, call=21, is_wall=True,
)  # fmt: skip
