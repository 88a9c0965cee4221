from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kanban_hub.accounts.account import AccountRole
from kanban_hub.oidc.config import OidcConfig

if TYPE_CHECKING:
    from tests.hub.oidc.provider import Provider

NOW_S = 1_795_446_074.0


@pytest.fixture
def there() -> Iterator["Provider"]:
    """The provider, where the extra is installed."""
    pytest.importorskip("authlib", reason="the extra [oidc] is not installed")
    from tests.hub.oidc.provider import Provider  # noqa: PLC0415  # not to be had without the extra

    made = Provider(lambda: NOW_S)
    yield made
    made.end()


@pytest.fixture
def config(there: "Provider", tmp_path: Path) -> OidcConfig:
    from tests.hub.oidc.provider import CLIENT_ID, SECRET  # noqa: PLC0415

    secret = tmp_path / "oidc.secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    roles = {"leads": frozenset({AccountRole.SUPERVISOR}), "admins": frozenset({AccountRole.ADMIN})}
    return OidcConfig(there.issuer, CLIENT_ID, "Plant log-in", roles, secret)
