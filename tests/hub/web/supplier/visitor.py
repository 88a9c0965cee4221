"""A supplier at a phone: opens the link, reads what stands there, and sends the forms of the page."""

import html
import re
from html.parser import HTMLParser

from werkzeug.test import TestResponse

from kanban_hub.suppliers import links
from tests.hub.web.site import Site


class Forms(HTMLParser):
    """The forms of a page that order something, each as the fields that a browser would send."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []
        self.is_order = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.is_order = given.get("method") == "post"
            self.found += [{}] if self.is_order else []
        elif tag in ("input", "button") and "name" in given and self.is_order:
            self.found[-1][given["name"]] = given.get("value", "")


class Visitor:
    def __init__(self, site: Site, station: str, days: int = 30) -> None:
        self.site = site
        self.link = links.add(site.store, station, days, site.clock.now_ms())
        self.token = site.parts.signer.link_token(self.link.id)
        self.url = f"/s/{self.token}"
        self.client = site.client()

    def read(self, status: int = 200) -> str:
        """The text of the page."""
        response = self.client.get(self.url)
        assert response.status_code == status
        return text_of(response)

    def form(self, answer: str, card: str | None = None) -> dict[str, str]:
        """The form of the page that gives `answer`, about `card` where it names one."""
        forms = Forms(self.client.get(self.url).get_data(as_text=True)).found
        fitting = [f for f in forms if f.get("answer") == answer and card in (None, f["card"])]
        assert fitting, f"no form for {answer} of {card}"
        return fitting[0]

    def send(self, form: dict[str, str], url: str | None = None, origin: str | None = None) -> TestResponse:
        headers = {"Origin": origin or "http://localhost"}
        return self.client.post(url or self.url, data=form, headers=headers)

    def answer(self, answer: str, card: str | None = None, **fields: str) -> str:
        """Fill a form in, send it, and read the page that comes of it."""
        response = self.send(self.form(answer, card) | fields)
        assert response.status_code == 303, text_of(response)
        return text_of(self.client.get(response.headers["Location"]))


def text_of(response: TestResponse) -> str:
    """What a reader sees: the markup without tags."""
    body = re.sub(r"<head>.*?</head>", "", response.get_data(as_text=True), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())
