"""Addresses that a form may send a reader back to."""


def local(path: str) -> str:
    """`path` if it leads to this hub, else the board. Browsers take `//` and a backslash for another host."""
    is_local = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if is_local else "/"
