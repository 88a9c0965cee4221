from pathlib import Path

from click.testing import CliRunner, Result

from kanban_device.main import main
from kanban_device.update.state import Memory, State, Trial
from tests.device.update.workshop import Workshop


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["update", *map(str, words)])


def test_where_nothing_is_installed_it_is_said(tmp_path: Path) -> None:
    assert run("status", "--root", tmp_path / "opt").output == "no release is installed here\n"


def test_the_status_says_what_runs_and_what_would_run(workshop: Workshop) -> None:
    state = State(running=3, good=2, before=2, bad=[1], trial=Trial(number=3, back_to=2, before=1, starts=2))
    for number in (2, 3):
        workshop.layout.release(number).mkdir(parents=True)
    Memory(workshop.layout).change(lambda _: state)

    told = run("status", "--root", workshop.layout.root).output

    assert told.splitlines() == [
        "release 3 runs, on trial after 2 starts",
        "release 2 is kept to go back to",
        "bad here: 1",
    ]


def test_each_start_of_a_trial_is_counted_and_the_fourth_goes_back(workshop: Workshop) -> None:
    trial = Trial(number=3, back_to=2, before=0)
    Memory(workshop.layout).change(lambda _: State(running=3, good=2, before=2, trial=trial))

    for _ in range(3):
        assert run("start", "--root", workshop.layout.root).exit_code == 0
        assert workshop.layout.current.readlink().name == "3"
    run("start", "--root", workshop.layout.root)

    assert workshop.layout.current.readlink().name == "2"
    assert not workshop.layout.trial.exists()


def test_a_start_without_a_trial_changes_nothing(workshop: Workshop) -> None:
    workshop.run(1)
    before = Memory(workshop.layout).read()

    run("start", "--root", workshop.layout.root)

    assert Memory(workshop.layout).read() == before


def test_a_state_that_cannot_be_read_is_told_and_not_guessed(workshop: Workshop) -> None:
    workshop.run(1)
    workshop.layout.state.write_text("rubbish")

    done = run("status", "--root", workshop.layout.root)

    assert done.exit_code == 1
    assert "state.json" in done.output
    assert workshop.layout.current.exists(), "what runs goes on"


def test_a_faulty_station_file_is_told_with_its_lines(tmp_path: Path) -> None:
    (tmp_path / "station.toml").write_text("[station]\nid = 7\n")

    done = run("serve", "--root", tmp_path / "opt", "--config", tmp_path / "station.toml")

    assert done.exit_code == 2
    assert "station.toml:2" in done.output


def test_a_root_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    done = run("start", "--root", tmp_path / "file" / "opt")

    assert done.exit_code == 1
    assert "Not a directory" in done.output
