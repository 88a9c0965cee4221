"""The test by hand: lamps, buttons, buzzer and scanners, one after the other, with whoever stands there."""
