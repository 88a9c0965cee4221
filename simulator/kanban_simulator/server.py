"""Serves the simulator's pages in a thread of its own."""

from threading import Thread

from flask import Flask
from waitress.server import create_server  # type: ignore[import-untyped]  # it ships no types

from kanban_simulator.errors import PortTakenError
from kanban_simulator.stream import STREAMS

THREADS = STREAMS + 12
"""Room for streams, and for fingers that hold a button down."""


class Server:
    """Listens as soon as it is made. The thread is a daemon: it ends with the program."""

    def __init__(self, app: Flask, host: str, port: int) -> None:
        """Raises PortTakenError. Port 0 takes a free one."""
        try:
            self._server = create_server(
                app,
                host=host,
                port=port,
                threads=THREADS,
                channel_request_lookahead=1,  # lets a stream learn that its page has gone
                asyncore_use_poll=True,
                ident="",
            )
        except (OSError, ValueError) as error:  # ValueError: a host that has no address
            raise PortTakenError(f"{host}:{port}", str(error)) from None
        self.url = f"http://{host}:{self._server.effective_port}"
        Thread(target=self._server.run, name="pages", daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._server.close()
