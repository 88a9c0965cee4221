"""A reverse proxy that is believed: who asks, and whether by HTTPS, is what its headers say."""

from flask import Flask
from waitress.proxy_headers import proxy_headers_middleware  # type: ignore[import-untyped]  # it ships no types

HEADERS = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}


def trust(app: Flask, address: str) -> None:
    """Let `app` believe the proxy at `address`; from anybody else the headers count for nothing."""
    app.wsgi_app = proxy_headers_middleware(  # type: ignore[method-assign]  # as Flask's documentation does it
        app.wsgi_app,
        trusted_proxy=address,
        trusted_proxy_count=1,
        trusted_proxy_headers=HEADERS,
        clear_untrusted=True,
    )
