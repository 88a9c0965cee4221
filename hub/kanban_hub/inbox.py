"""The hub's door: each signal is taken once, answered always, and nothing that is not a signal gets in."""

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from kanban_hub import displaytext
from kanban_hub.domain.events import Event, Occasion
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.outcome import Outcome, Verdict
from kanban_hub.errors import FaultyRuleError
from kanban_hub.ports import Key, SetAside, TakenSignal, View
from kanban_hub.usecases import answer, refused
from kanban_protocol.codec import content_digest, decode_signal, key_in
from kanban_protocol.errors import ProtocolError
from kanban_protocol.messages import Receipt, ReceiptStatus
from kanban_protocol.refusals import TEXTS, Refusal
from kanban_protocol.signals import Signal

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Delivery:
    """A message on a station's signal topic, as it came. `received_ms` is the hub's steady clock.

    `station` is empty when the topic names none. By HTTP `topic` is the path that it was sent to.
    """

    station: str
    topic: str
    payload: bytes
    received_ms: int
    is_retained: bool = False


@dataclass(frozen=True)
class Word:
    """The hub's word on one delivery: it goes back the way that the delivery came."""

    delivery: Delivery
    epoch: str
    receipt: Receipt

    @property
    def station(self) -> str:
        return self.delivery.station


@dataclass
class Taken:
    """What a batch comes to: all of it is committed together, and then the receipts go out."""

    receipts: list[Word] = field(default_factory=list)
    events: list[tuple[Event, Occasion]] = field(default_factory=list)
    signals: dict[Key, TakenSignal] = field(default_factory=dict)
    aside: list[SetAside] = field(default_factory=list)


@dataclass(frozen=True)
class _Read:
    """A delivery that is a signal, with its key and the digest of its content."""

    delivery: Delivery
    signal: Signal
    key: Key
    digest: bytes


def take(floor: Floor, view: View, deliveries: Sequence[Delivery], faulty: Collection[str] = ()) -> Taken:
    """Answer `deliveries` in their order and let what follows happen on `floor`.

    Raises `FaultyRuleError` when one of our rules breaks on a signal: `floor` is of no use then, and the
    batch is taken once more with that signal's id in `faulty`.
    """
    taken = Taken()
    reads = [read for delivery in deliveries if (read := _read(delivery, taken)) is not None]
    keys = [read.key for read in reads]
    known, pruned = view.signals_by_key(keys), view.pruned(keys)
    known_ids = view.signals_by_id([read.signal.id for read in reads])
    for read in reads:
        before = known.get(read.key) or taken.signals.get(read.key)
        same_id = known_ids.get(read.signal.id)
        if read.signal.id in faulty:
            _set_aside(read.delivery, "fault", "a rule of the hub broke on it: see its log", taken)
        elif before is not None or same_id is not None:
            _repeat(read, before or _salvaged(read, same_id), taken)
        elif read.key in pruned:
            _set_conflict_aside(read, "so old that it is not known whether with this content", taken)
        else:
            signal = _decide(floor, read, taken)
            taken.signals[read.key] = known_ids[read.signal.id] = signal
    return taken


def _read(delivery: Delivery, taken: Taken) -> _Read | None:
    if not delivery.station:
        _set_aside(delivery, "unknown_topic", "the topic names no station", taken)
        return None
    if delivery.is_retained:
        _set_aside(delivery, "retained", "a signal is an event and never retained", taken)
        return None
    try:
        signal = decode_signal(delivery.payload)
    except ProtocolError as error:
        _set_aside(delivery, error.reason, str(error), taken)
        return None
    key = (delivery.station, signal.epoch, signal.seq)
    return _Read(delivery, signal, key, content_digest(signal))


def _set_aside(delivery: Delivery, reason: str, detail: str, taken: Taken) -> None:
    """Keep and count it. With an intact key it is refused too, so that it leaves the sender's outbox.

    A retained message is the broker's memory: its key may be that of a signal still under way.
    """
    found = None if delivery.is_retained or not delivery.station else key_in(delivery.payload)
    _keep(delivery, reason, detail, found, taken)
    log.warning("set aside a message on %r: %s: %s", delivery.topic, reason, detail)
    if found is not None:
        taken.receipts.append(Word(delivery, found[0], _refusal(found[1], Refusal.MALFORMED)))


def _keep(delivery: Delivery, reason: str, detail: str, found: tuple[str, int] | None, taken: Taken) -> None:
    key = (delivery.station, *found) if found is not None else None
    station = delivery.station or None
    taken.aside.append(
        SetAside(delivery.topic, reason, detail, delivery.payload, delivery.received_ms, station, key)
    )


def _repeat(read: _Read, before: TakenSignal | None, taken: Taken) -> None:
    """The same again gets the same word. The same key with other content is set aside, never applied."""
    _, epoch, seq = read.key
    if before is None or before.digest != read.digest:
        _set_conflict_aside(read, "with other content", taken)
        return
    if before.key != read.key:  # saved from a damaged outbox into a new epoch
        taken.signals.setdefault(read.key, replace(before, key=read.key))
    taken.receipts.append(Word(read.delivery, epoch, receipt(before, seq)))


def _set_conflict_aside(read: _Read, how: str, taken: Taken) -> None:
    station, epoch, seq = read.key
    detail = f"({epoch}, {seq}) or id {read.signal.id} was taken, {how}"
    _keep(read.delivery, "conflict", detail, (epoch, seq), taken)
    log.error("conflict at %s: %s: is one identity used by two devices?", station, detail)
    taken.receipts.append(Word(read.delivery, epoch, _refusal(seq, Refusal.CONFLICT)))


def _salvaged(read: _Read, same_id: TakenSignal | None) -> TakenSignal | None:
    """The earlier signal of this id, when it is the same station's under an older epoch."""
    if same_id is None or same_id.key[0] != read.key[0] or same_id.key[1] == read.key[1]:
        return None
    return same_id


def _decide(floor: Floor, read: _Read, taken: Taken) -> TakenSignal:
    occasion = _occasion(read)
    try:
        outcome = _applied(floor, read, occasion)
    except Exception as error:  # a fault of ours on one signal must not stop all the others
        log.exception("a rule broke on signal %s of %s", read.signal.id, read.delivery.station)
        raise FaultyRuleError(read.signal.id) from error
    taken.events.extend((event, occasion) for event in outcome.events)
    signal = _taken(read, outcome, floor.plant.language_of(read.delivery.station))
    taken.receipts.append(Word(read.delivery, read.key[1], receipt(signal, read.key[2])))
    return signal


def _applied(floor: Floor, read: _Read, occasion: Occasion) -> Outcome:
    if read.delivery.station in floor.plant.stations:
        outcome = answer(floor, read.signal, occasion)
    else:
        outcome = refused(Refusal.UNKNOWN_STATION, read.signal)
    for event in outcome.events:
        floor.apply(event, occasion)
    return outcome


def _occasion(read: _Read) -> Occasion:
    signal, received_ms = read.signal, read.delivery.received_ms
    at_ms = received_ms - signal.age_ms
    moment = Moment(at_ms, received_ms, signal.boot, signal.mono_ms, signal.clock)
    kind = str(type(signal).__struct_config__.tag)
    return Occasion(moment, read.delivery.station, signal.id, kind)


def _taken(read: _Read, outcome: Outcome, language: str) -> TakenSignal:
    return TakenSignal(
        key=read.key,
        id=read.signal.id,
        digest=read.digest,
        verdict=outcome.verdict,
        received_ms=read.delivery.received_ms,
        card=outcome.card if outcome.verdict is not Verdict.REFUSED else None,
        state=outcome.state,
        reason=outcome.reason,
        text=displaytext.answer(outcome.text, language) if outcome.text is not None else None,
    )


def receipt(signal: TakenSignal, seq: int) -> Receipt:
    """The receipt of `signal` under the sequence number `seq`."""
    return Receipt(
        seq=seq,
        status=ReceiptStatus(signal.verdict),
        card=signal.card,
        state=signal.state,
        reason=Refusal(signal.reason) if signal.reason else None,
        text=signal.text,
    )


def _refusal(seq: int, reason: Refusal) -> Receipt:
    return Receipt(seq=seq, status=ReceiptStatus.REFUSED, reason=reason, text=TEXTS[reason])


def keys_in(taken: Taken) -> Iterable[Key]:
    """Every key that the batch brought, taken or set aside: they count for the epochs' progress."""
    yield from taken.signals
    yield from (message.key for message in taken.aside if message.key is not None)
