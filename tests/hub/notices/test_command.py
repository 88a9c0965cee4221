"""`kanban-hub notices test` and the checks of the file, as a person types them."""

from pathlib import Path

from click.testing import CliRunner, Result

from kanban_hub.main import main
from tests.hub.notices.receivers import mail_server
from tests.mosquitto import free_port


def kanban_hub(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def written(folder: Path, port: int) -> Path:
    path = folder / "notices.toml"
    path.write_text(
        f'[smtp]\nhost = "127.0.0.1"\nport = {port}\ntls = "none"\nsender = "k@plant.example"\n'
        '[[people]]\nid = "lead"\nname = "Lead"\nmail = "lead@plant.example"\nevents = ["digest"]\n'
    )
    return path


def test_a_test_notice_is_really_sent(tmp_path: Path) -> None:
    with mail_server() as server:
        result = kanban_hub("notices", "test", written(tmp_path, server.port), "--to", "lead")
        assert (result.exit_code, result.output) == (0, "lead: sent by mail\n")
        (found,) = server.mails
    assert found["Subject"] == "Test: this way works"


def test_what_stands_in_the_way_is_told_in_plain_words(tmp_path: Path) -> None:
    result = kanban_hub("notices", "test", written(tmp_path, free_port()), "--to", "lead")
    assert result.exit_code == 1
    assert "lead: not sent: the mail server cannot be reached: Connection refused" in result.output


def test_a_recipient_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    result = kanban_hub("notices", "test", written(tmp_path, 25), "--to", "nobody")
    assert (result.exit_code, "known: lead" in result.output) == (2, True)


def test_a_notices_file_is_checked_and_a_hub_does_not_start_with_a_faulty_one(tmp_path: Path) -> None:
    path = written(tmp_path, 25)
    checked = kanban_hub("check", "--notices", path)
    assert (checked.exit_code, "1 people, 0 webhooks: no fault found" in checked.output) == (0, True)
    path.write_text("[smtp]\n")
    for command in (["check"], ["run", "--data", tmp_path]):
        result = kanban_hub(*command, "--notices", path)
        assert (result.exit_code, "smtp.host: is missing" in result.output) == (2, True)
