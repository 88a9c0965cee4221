"""Building the provider that is configured; what it needs is installed only by the extra."""

from collections.abc import Callable

from kanban_hub.errors import HubError
from kanban_hub.oidc.config import OidcConfig
from kanban_hub.oidc.ports import Provider


def provider_of(config: OidcConfig, now_s: Callable[[], float]) -> Provider:
    """`now_s` is the time in seconds since 1970. Raises a `HubError` without the extra."""
    try:
        from kanban_hub.oidc.provider import OidcProvider  # noqa: PLC0415  # the extra may not be there
    except ImportError as error:
        raise HubError(
            f"--oidc needs packages that are not installed ({error.name}): "
            "pip install 'kanban-signal-station[oidc]'"
        ) from None
    return OidcProvider(config, now_s)
