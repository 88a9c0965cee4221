"""Who may give orders: whoever bears the hub's token (RFC 6750)."""

from hmac import compare_digest

from kanban_hub.web.problem import ProblemError, problem

_REALM = 'Bearer realm="kanban"'


def borne(authorization: str) -> str:
    """What the header `authorization` bears; nothing where it is of another scheme."""
    scheme, _, text = authorization.partition(" ")
    return text.strip() if scheme.lower() == "bearer" else ""


def is_right(authorization: str, token: str) -> bool:
    """Whether the header bears `token`. An empty token lets nobody in."""
    return token != "" and compare_digest(borne(authorization).encode(), token.encode())


def check(authorization: str, token: str) -> None:
    """Raise a 401 unless the header `authorization` bears `token`."""
    if is_right(authorization, token):
        return
    if not authorization:
        raise ProblemError(problem(401, "send `Authorization: Bearer TOKEN`"), {"WWW-Authenticate": _REALM})
    challenge = f'{_REALM}, error="invalid_token"'
    text = "this token is not the hub's, or not any more"
    raise ProblemError(problem(401, text), {"WWW-Authenticate": challenge})
