"""Serves the simulator's pages in a thread of its own."""

from threading import Event, Thread

from flask import Flask

from kanban_hub.web.server import listen, run
from kanban_simulator.errors import PortTakenError

END_S = 5.0


class Server:
    """Listens as soon as it is made. The thread is a daemon: it ends with the program at the latest."""

    def __init__(self, app: Flask, host: str, port: int) -> None:
        """Raises PortTakenError. Port 0 takes a free one."""
        self._stop = Event()
        try:
            listening = listen(app, host, port, self._stop)
        except OSError as error:
            raise PortTakenError(f"{host}:{port}", error.strerror or str(error)) from None
        self.url = f"http://{host}:{listening.port}"
        self._thread = Thread(target=run, args=(listening, self._stop), name="pages", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the streams, and take no more connections."""
        self._stop.set()
        self._thread.join(END_S)
