"""Wiring drawings, lists of wires and lists of parts, made from the wiring that the station runs. Pure."""
