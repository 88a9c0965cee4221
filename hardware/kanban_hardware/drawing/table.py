"""Rows of cells as a table of Markdown, which reads as plain text too."""

from collections.abc import Sequence

Row = tuple[str, ...]


def markdown(heads: Row, rows: Sequence[Row]) -> str:
    """The table, without a line end after its last row."""
    lines = [f"| {' | '.join(row)} |" for row in (heads, *rows)]
    return "\n".join([lines[0], "|" + "---|" * len(heads), *lines[1:]])
