"""What every answer says to the browser: nothing from elsewhere, nothing inline, no frame around it."""

from flask import Flask, Response

POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # With `no-referrer` browsers would send forms with the origin `null`, as if from elsewhere (Fetch,
    # "append a request `Origin` header"). Other sites are told nothing by either.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_ALL = (*HEADERS.items(), ("Cache-Control", "no-cache"))


def install(app: Flask) -> None:
    """Set the headers on every answer of `app`. What a reader caches is asked for anew each time.

    A page that has a policy of its own for one of them keeps it.
    """
    app.after_request(_set)


def _set(response: Response) -> Response:
    # At once: each setting of one looks through all of them.
    known = {name.lower() for name, _ in response.headers}
    response.headers.extend([pair for pair in _ALL if pair[0].lower() not in known])
    return response
