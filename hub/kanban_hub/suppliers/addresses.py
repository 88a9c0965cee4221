"""The addresses that suppliers are sent: of their page, and of one answer each for mails."""

from urllib.parse import urlsplit

from kanban_hub.suppliers.signing import Answer, Reply, Signer


def page_url(public_url: str, signer: Signer, link: str) -> str:
    """The supplier's page; only its path where `public_url` is empty."""
    return f"{public_url}/s/{signer.link_token(link)}"


def screen_url(base: str, signer: Signer, link: str) -> str:
    """What a wall display opens; only its path where `base` is empty."""
    return f"{base}/screen/{signer.screen_token(link)}"


def station_url(base: str, signer: Signer, link: str) -> str:
    """What a tablet opens once to be a station; only its path where `base` is empty."""
    return f"{base}/station/{signer.station_token(link)}"


def reply_links(public_url: str, signer: Signer, link: str, request: tuple[str, int]) -> dict[Answer, str]:
    """One address an answer, about `request`: a card's number and since when it is asked for.

    Each opens a page with one button: mail programs fetch every address that they see, so opening alone
    must change nothing.
    """
    card, asked_ms = request
    return {
        answer: f"{public_url}/r/{signer.reply_token(Reply(link, card, asked_ms, answer))}"
        for answer in Answer
    }


def checked_public_url(text: str) -> str:
    """`text` without a slash at its end. Raises `ValueError` for what is no address of a hub."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise ValueError(f"{text!r}: write it as https://kanban.example.com")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(f"{text!r}: only scheme, host and port; the hub is at the top of its address")
    return f"{parts.scheme}://{parts.netloc}"
