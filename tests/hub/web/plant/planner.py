"""Somebody who changes the plant on its pages as a browser would: what is filled in already goes along."""

from html.parser import HTMLParser
from typing import Any

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from tests.hub.web.account.person import HERE, Person
from tests.hub.web.supplier.visitor import text_of

Fields = dict[str, list[str]]


class Filled(HTMLParser):
    """The forms of a page with what stands in them: also ticks, chosen options and texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, Fields]] = []
        self._select = self._text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((given.get("action", ""), {}))
        elif tag == "input" and "name" in given:
            is_tick = given.get("type") in ("checkbox", "radio")
            if given.get("type") != "file" and (not is_tick or "checked" in given):
                self._add(given["name"], given.get("value", ""))
        elif tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and self._select and "selected" in given:
            self._add(self._select, given.get("value", ""))
        elif tag == "textarea":
            self._text = given.get("name", "")
            self._add(self._text, "")

    def handle_data(self, data: str) -> None:
        if self._text:
            self.forms[-1][1][self._text][-1] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._text = ""

    def _add(self, name: str, value: str) -> None:
        self.forms[-1][1].setdefault(name, []).append(value)


class Planner:
    def __init__(self, person: Person) -> None:
        self.person = person
        self.page: TestResponse

    def open(self, url: str) -> "Planner":
        self.page = self.person.open(url)
        assert self.page.status_code == 200, text_of(self.page)
        return self

    def send(self, action: str, do: str = "look", **fields: Any) -> TestResponse:
        """Send the form of the page at hand that goes to `action`, with these fields as they are typed."""
        forms = Filled(self.page.get_data(as_text=True)).forms
        fitting = [filled for where, filled in forms if where == action]
        assert fitting, f"no form for {action}: {[where for where, _ in forms]}"
        data: dict[str, Any] = {**fitting[0], "do": do, **fields}
        given = {name: value for name, value in data.items() if value is not None}
        boundary, body = encode_multipart(_parts_of(given))
        self.page = self.person.client.post(
            action,
            data=body,
            headers={"Origin": HERE},
            content_type=f"multipart/form-data; boundary={boundary}",
        )
        return self.page

    def apply(self, action: str) -> TestResponse:
        """Do what the page at hand shows."""
        return self.send(action, "apply")

    def change(self, url: str, **fields: Any) -> TestResponse:
        """Open a form, fill it in, look and apply."""
        self.open(url).send(url, **fields)
        assert self.page.status_code == 200, text_of(self.page)
        return self.apply(url)

    @property
    def text(self) -> str:
        return text_of(self.page)


def _parts_of(fields: dict[str, Any]) -> MultiDict[str, Any]:
    """A file is given as its stream and its name."""
    parts: MultiDict[str, Any] = MultiDict()
    for name, value in fields.items():
        if isinstance(value, tuple):
            parts.add(name, FileStorage(value[0], value[1], name))
        else:
            parts.setlist(name, value if isinstance(value, list) else [value])
    return parts
