"""One signal as it lies in the outbox, with the digest that tells a damaged row from a whole one."""

import hashlib
from dataclasses import dataclass

from kanban_device.clock import Stamp


@dataclass(frozen=True)
class Row:
    """A stored signal. `body` is the JSON text of its body; `seq` counts from 1 in the outbox's epoch."""

    seq: int
    id: str
    kind: str
    body: str
    stamp: Stamp

    @property
    def digest(self) -> bytes:
        """16 bytes over the content. The seq is left out: a salvaged row gets another."""
        stamp = self.stamp
        content = (self.id, self.kind, self.body, stamp.boot, stamp.mono_ms, stamp.wall_ms, stamp.clock.value)
        return hashlib.sha256(repr(content).encode()).digest()[:16]
