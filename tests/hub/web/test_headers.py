import re

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize("url", ["/", "/login", "/api/v1/cards", "/static/board.css", "/nowhere"])
def test_every_answer_forbids_what_is_not_ours(client: FlaskClient, url: str) -> None:
    with client.get(url) as response:
        headers = response.headers

    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_page_has_nothing_inline_that_the_policy_would_block(client: FlaskClient) -> None:
    html = client.get("/").get_data(as_text=True)

    assert not re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", html)


def test_the_page_asks_for_nothing_from_elsewhere(client: FlaskClient) -> None:
    html = client.get("/").get_data(as_text=True)

    links = re.findall(r'(?:src|href)="([^"]+)"', html)
    asked_for = re.findall(r'<(?:link|script)[^>]*(?:src|href)="([^"]+)"', html)
    assert asked_for
    assert [link for link in links if not re.match(r"/(?!/)|#", link)] == []
    for link in asked_for:
        with client.get(link) as response:
            assert response.status_code == 200
