"""A station on a bench: its store answers at once, and what it does is written down."""

from itertools import count

from kanban_device import effects
from kanban_device.arrivals import (
    Settled,
    StationInput,
    Stored,
    StoreRefused,
)
from kanban_device.config import TimingTable
from kanban_device.effects import Effect, Store
from kanban_device.outbox import StoreHealth
from kanban_device.station import Memory, Station
from kanban_hardware.inputs import (
    Held,
    Pressed,
    Released,
    Scanned,
)
from kanban_hardware.wiring import DEFAULT_WIRING, Wiring
from kanban_protocol.messages import Receipt, ReceiptStatus, Side
from kanban_protocol.signals import Body
from tests.device.fakes import assignment

EPOCH = "9f2c61d0a7b34e55"
TWO_SLOTS = assignment((1, "bracket", Side.CONSUMER), (2, "hinge", Side.SUPPLIER))


class Bench:
    """A station whose store answers at once; `stored` is what would be in the outbox."""

    def __init__(self, wiring: Wiring = DEFAULT_WIRING) -> None:
        self.ids = count(1)
        memory = Memory(EPOCH, assignment=TWO_SLOTS)
        self.station = Station(TimingTable(), wiring, memory, lambda: f"id-{next(self.ids)}", 0.0)
        self.stored: list[Store] = []
        self.did: list[Effect] = []
        self.is_full = False

    def take(self, taken: StationInput, now_s: float) -> list[Effect]:
        done: list[Effect] = []
        for effect in self.station.handle(taken, now_s):
            done.append(effect)
            if isinstance(effect, Store):
                done += self.take(self.answer(effect), now_s)
        self.did += done
        return done

    def answer(self, store: Store) -> StationInput:
        if self.is_full:
            return StoreRefused(store, StoreHealth.FULL)
        self.stored.append(store)
        return Stored(store, len(self.stored))

    def press(self, part: str, at_s: float, hold_s: float = 0.1) -> list[Effect]:
        done = self.take(Pressed(part, at_s), at_s)
        if hold_s >= 2.0:
            done += self.take(Held(part, at_s + 2.0, at_s), at_s + 2.0)
        return done + self.take(Released(part, at_s + hold_s), at_s + hold_s)

    def scan(self, code: str, at_s: float) -> list[Effect]:
        return self.take(Scanned(code, at_s), at_s)

    def receipt(self, seq: int, status: ReceiptStatus, **more: object) -> list[Effect]:
        receipt = Receipt(seq=seq, status=status, **more)  # type: ignore[arg-type]
        return self.take(Settled((receipt,)), 5.0)

    @property
    def bodies(self) -> list[Body]:
        return [store.body for store in self.stored]

    @property
    def kinds(self) -> list[str]:
        return [store.kind for store in self.stored]


def tones(done: list[Effect]) -> list[str]:
    return [effect.tone.value for effect in done if isinstance(effect, effects.Beep)]
