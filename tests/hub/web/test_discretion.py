import logging

import pytest

from kanban_hub.web.discretion import discreet


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Client disconnected while serving /s/Im.abc-_9", "Client disconnected while serving /s/…"),
        ("Exception while serving /r/Im.abc?x=1", "Exception while serving /r/…?x=1"),
        (
            "Exception while serving /s/Im.abc/label/casting-0001",
            "Exception while serving /s/…/label/casting-0001",
        ),
        ("Exception while serving /screen/Im.abc-_9", "Exception while serving /screen/…"),
        ("Exception while serving /welcome/abc-_9", "Exception while serving /welcome/…"),
        (
            "Client disconnected while serving /api/v1/cards",
            "Client disconnected while serving /api/v1/cards",
        ),
    ],
)
def test_the_servers_own_log_keeps_the_keys_in_paths_to_itself(
    caplog: pytest.LogCaptureFixture, said: str, kept: str
) -> None:
    log = logging.getLogger("test-of-discretion")
    log.addFilter(discreet)

    with caplog.at_level(logging.INFO):
        log.info(said)
        log.info("%s", said)

    assert caplog.messages == [kept, kept]
