"""What is soldered to a station: buttons, lamps, buzzer and scanners, real and simulated."""
