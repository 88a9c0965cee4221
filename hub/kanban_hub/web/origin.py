"""Where a form was sent from. Browsers name it with every form (Fetch, "append a request `Origin` header").

Nothing newer can be had: over plain HTTP they send no `Sec-Fetch-Site`.
"""

from urllib.parse import urlsplit

from flask import request


def is_foreign(public_url: str) -> bool:
    """Whether a page of another origin sent this request. One without an origin comes from no browser."""
    origin = request.headers.get("Origin")
    return origin is not None and not _is_ours(origin, public_url)


def is_ours(public_url: str) -> bool:
    """Whether a page of this hub sent this request."""
    return _is_ours(request.headers.get("Origin", ""), public_url)


def _is_ours(origin: str, public_url: str) -> bool:
    # The scheme is not compared: behind a proxy that ends TLS it is not the one that the hub is asked by.
    return origin != "" and (origin == public_url or urlsplit(origin).netloc == request.host)
