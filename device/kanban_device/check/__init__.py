"""Everything that can be wrong with a station, looked at in one go: a file for each thing looked at."""
