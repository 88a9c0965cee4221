"""The addresses that people are given."""


def welcome_url(base: str, link: str) -> str:
    """Where a password is set, once; only the path where `base` is empty."""
    return f"{base}/welcome/{link}"
