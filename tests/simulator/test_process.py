import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kanban_simulator.errors import ProcessError
from kanban_simulator.process import Process
from tests.waiting import is_gone, until

FOREVER = (sys.executable, "-c", "import signal; signal.pause()")
PARENT = """
import signal, sys
from pathlib import Path
from kanban_simulator.process import Process
command = [sys.executable, "-c", "import signal; signal.pause()"]
print(Process("child", command, Path(sys.argv[1])).pid, flush=True)
signal.pause()
"""


def test_a_process_runs_until_it_is_ended(tmp_path: Path) -> None:
    process = Process("forever", FOREVER, tmp_path / "log")
    assert process.is_running

    process.end()

    assert is_gone(process.pid)


def test_a_process_that_ends_by_itself_is_reported_with_its_last_words(tmp_path: Path) -> None:
    process = Process("brief", [sys.executable, "-c", "raise SystemExit('no more paint')"], tmp_path / "log")
    until(lambda: not process.is_running, "the end of the process")

    with pytest.raises(ProcessError, match=r"(?s)brief ended with code 1.*no more paint"):
        process.check()


def test_a_program_that_does_not_exist_is_an_error_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(ProcessError, match="nothing could not be started"):
        Process("nothing", [str(tmp_path / "nothing")], tmp_path / "log")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_no_process_outlives_the_one_that_started_it(tmp_path: Path, how: signal.Signals) -> None:
    command = [sys.executable, "-c", PARENT, str(tmp_path / "log")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert not is_gone(child)
        os.kill(parent.pid, how)

    until(lambda: is_gone(child), "the end of the child")
