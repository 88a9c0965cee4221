"""What only grows is kept within bounds, a little at a time. The events stay: they are what the plant is."""

from sqlalchemy import Connection, and_, delete, func, select, tuple_, update

from kanban_hub.store import schema

# So few that a commit of the writer never waits long for it; once in 5 s it is 170 times a plant's load.
BATCH = 500


def prune_signals(connection: Connection, before_ms: int) -> None:
    """Delete the oldest signals received before `before_ms`, and mark their epochs.

    Only what is contiguous goes: above it the numbers still say how far the epoch is.
    """
    signals, epochs = schema.signals.c, schema.epochs.c
    is_same = and_(epochs.station == signals.station, epochs.epoch == signals.epoch)
    query = (
        select(signals.station, signals.epoch, signals.seq)
        .select_from(schema.signals.join(schema.epochs, is_same))
        .where(signals.received_ms < before_ms, signals.seq <= epochs.contiguous)
    )
    rows = connection.execute(query.order_by(signals.received_ms).limit(BATCH)).all()
    if not rows:
        return
    marks: dict[tuple[str, str], int] = {}
    for station, epoch, seq in rows:
        marks[station, epoch] = max(seq, marks.get((station, epoch), 0))
    for (station, epoch), seq in sorted(marks.items()):
        is_lower = and_(epochs.station == station, epochs.epoch == epoch, epochs.pruned < seq)
        connection.execute(update(schema.epochs).where(is_lower).values(pruned=seq))
    keys = [tuple(row) for row in rows]
    key = tuple_(signals.station, signals.epoch, signals.seq)
    connection.execute(delete(schema.signals).where(key.in_(keys)))


def prune_aside(connection: Connection, most: int) -> None:
    """Delete all but the newest `most` messages set aside."""
    number = schema.quarantine.c.number
    newest = connection.execute(select(func.max(number))).scalar() or 0
    connection.execute(delete(schema.quarantine).where(number <= newest - most))
