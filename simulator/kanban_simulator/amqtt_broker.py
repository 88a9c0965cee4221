"""`python -m kanban_simulator.amqtt_broker PORT`: amqtt in a process of its own, for the demo only.

Not for a plant: it gives a new client retained messages that it never subscribed to, and forgets what was
not acknowledged when a client goes.
"""

import asyncio
import signal
import sys

from amqtt.broker import Broker

from kanban_simulator.loopback import HOST


async def serve(port: int) -> None:
    """Serve until SIGTERM."""
    broker = Broker(
        {
            "listeners": {"default": {"type": "tcp", "bind": f"{HOST}:{port}"}},
            "plugins": {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}},
        }
    )
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await broker.start()
    await stop.wait()
    await broker.shutdown()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
