"""Ports on loopback that are ours from the start: no other program can be given one in between."""

import socket

HOST = "127.0.0.1"


def bind(port: int = 0) -> socket.socket:
    """A socket bound to `port` of loopback, or to a free one; it does not listen.

    Linux lets several sockets have one port as long as at most one of them listens and all ask for it
    (SO_REUSEADDR, as every server here does). So a port can be kept reserved while nobody listens.
    """
    end = socket.socket()
    end.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    end.bind((HOST, port))
    return end


def port_of(end: socket.socket) -> int:
    port: int = end.getsockname()[1]
    return port


def is_answering(port: int) -> bool:
    """Whether somebody listens on `port` of loopback."""
    try:
        socket.create_connection((HOST, port), timeout=1.0).close()
    except OSError:
        return False
    return True
