import re

from kanban_hub.oidc.login import LogIn


def test_a_browser_that_has_begun_a_log_in_knows_its_answer() -> None:
    log_in = LogIn.begun("/map?wall=1")

    assert LogIn.answered(log_in.secret, log_in.state) == log_in


def test_no_other_browser_and_no_changed_state_does() -> None:
    log_in, other = LogIn.begun("/"), LogIn.begun("/")
    state, _, following = log_in.state.partition(".")

    assert LogIn.answered(other.secret, log_in.state) is None
    assert LogIn.answered("", log_in.state) is None
    assert LogIn.answered(log_in.secret, f"{state}.L2V2aWw=") is None, "it leads elsewhere"
    for wrong in ("", ".", state, f"{state}.%%%", f"{following}.{state}", "ä.ö"):
        assert LogIn.answered(log_in.secret, wrong) is None


def test_a_secret_that_is_empty_has_begun_nothing() -> None:
    empty = LogIn("", "/")

    assert LogIn.answered("", empty.state) is None


def test_state_nonce_and_verifier_tell_nothing_of_each_other_and_are_as_the_standards_ask() -> None:
    log_in = LogIn.begun("/")

    assert len({log_in.state, log_in.nonce, log_in.verifier, log_in.secret}) == 4
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", log_in.verifier)
    assert log_in.nonce != LogIn.begun("/").nonce
