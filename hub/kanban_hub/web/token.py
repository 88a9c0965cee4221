"""Who may give orders: whoever bears the hub's token (RFC 6750)."""

from hmac import compare_digest

from kanban_hub.web.problem import ProblemError, problem

_REALM = 'Bearer realm="kanban"'


def check(authorization: str, token: str) -> None:
    """Raise a 401 unless the header `authorization` bears `token`. An empty token lets nobody in."""
    scheme, _, borne = authorization.partition(" ")
    is_right = compare_digest(borne.strip().encode(), token.encode())
    if scheme.lower() == "bearer" and token and is_right:
        return
    if not authorization:
        raise ProblemError(problem(401, "send `Authorization: Bearer TOKEN`"), {"WWW-Authenticate": _REALM})
    challenge = f'{_REALM}, error="invalid_token"'
    raise ProblemError(problem(401, "this token is not the hub's"), {"WWW-Authenticate": challenge})
