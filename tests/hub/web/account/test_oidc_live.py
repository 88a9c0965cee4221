"""Logging in at a provider in a real browser: by one click there, back, and out again."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

from kanban_hub.oidc.config import OidcConfig
from kanban_hub.web.account.elsewhere import BACK
from kanban_hub.web.app import create_app
from tests.chromium import sticks_out_px
from tests.hub.oidc.conftest import NOW_S, config, there
from tests.hub.web import axe
from tests.hub.web.served import Served
from tests.hub.web.site import Site

pytest.importorskip("requests", reason="the extra [oidc] is not installed")
pytest.importorskip("authlib", reason="the extra [oidc] is not installed")
pytestmark = pytest.mark.chromium

if TYPE_CHECKING:
    from tests.hub.oidc.provider import Provider

__all__ = ["config", "there"]


@pytest.fixture
def site(tmp_path: Path, there: "Provider", config: OidcConfig) -> Iterator[Site]:  # the fixtures
    from kanban_hub.oidc.provider import OidcProvider  # noqa: PLC0415  # only with the extra

    made = Site(tmp_path)
    made.load()
    made.parts = replace(made.parts, provider=OidcProvider(config, lambda: NOW_S))
    made.app = create_app(made.parts)
    yield made
    made.store.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_one_click_leads_in_and_logging_out_leads_out_there_too(
    browser: Browser,
    served: Served,
    there: "Provider",
    width: int,
) -> None:
    here = f"http://127.0.0.1:{served.port}"
    there.client.redirects = [f"{here}{BACK}"]
    context = browser.new_context(base_url=here, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto("/login?next=/account")
    assert axe.told(page, (*axe.WCAG, "best-practice")) == ""
    assert sticks_out_px(page) <= 0

    page.get_by_role("link", name="Log in with Plant log-in").click()

    expect(page).to_have_url(f"{here}/account")
    expect(page.get_by_role("main")).to_contain_text("supervisor")
    page.goto("/logout")
    page.get_by_role("main").get_by_role("button", name="Log out").click()
    expect(page).to_have_url(re.compile(f"^{there.issuer}/end"))
    context.close()
