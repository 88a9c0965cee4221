"""Put a plant into the store: one way for `kanban-hub load`, also while the hub runs, and for its pages."""

from kanban_hub import plantfile
from kanban_hub.accounts.account import Access, AccessEntry
from kanban_hub.clock import SteadyClock
from kanban_hub.domain.errors import PlantChangeError, PlantMovedError
from kanban_hub.domain.events import Event, Occasion
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.plant import Plant
from kanban_hub.errors import PlantFileError
from kanban_hub.execution import carry_out
from kanban_hub.obstacletexts import said
from kanban_hub.orders import ChangePlant
from kanban_hub.plantchange import PlantChange, PlantWay
from kanban_hub.plantdiff import difference
from kanban_hub.ports import Store, Work


def load_plant(store: Store, plant: Plant) -> list[Event]:
    """Bring the floor to `plant` in one transaction, and say what happened to the cards.

    Raises `PlantFileError` where a request or the meaning of a number would be lost.
    """
    try:
        events = change_plant(store, ChangePlant(plant, way=PlantWay.FILE), None)
    except PlantChangeError as error:
        raise PlantFileError("\n".join(map(said, error.obstacles))) from None
    _note(store)
    return events


def _note(store: Store) -> None:
    """Beside the changes that accounts make on pages the access log tells those of whoever runs the hub."""
    with store.view() as view:
        newest, revision = view.plant_changes(1), view.plant_revision()
    if newest and newest[0].number == revision:
        with store.accounts() as book:
            book.note(AccessEntry(newest[0].at_ms, Access.PLANT_CHANGED, None, str(revision)))


def change_plant(store: Store, order: ChangePlant, role: str | None) -> list[Event]:
    """Carry `order` out in a transaction of its own: where no writer runs, or another program's does.

    Raises `PlantChangeError` and `PlantMovedError`.
    """
    with store.transaction() as work:
        floor = Floor(order.plant) if work.plant() is None else work.floor()
        occasion = Occasion(Moment.at(SteadyClock(work.latest_ms()).now_ms()), role=role)
        events = replant(work, floor, order, occasion)
        work.append((event, occasion) for event in events)
        touched = {getattr(event, "card", None) for event in events} - {None}
        work.save_records(floor.touched_records(events), occasion.moment.at_ms)
        work.save([floor.cards[card] for card in touched if card is not None], [])
    return events


def replant(work: Work, floor: Floor, order: ChangePlant, occasion: Occasion) -> list[Event]:
    """Bring `floor` to the plant of `order`, and keep the plant; the events, applied and not yet stored.

    Raises `PlantChangeError` and `PlantMovedError`, and then nothing has changed.
    """
    revision = work.plant_revision()
    if order.revision not in (None, revision):
        raise PlantMovedError(revision)
    events = carry_out(floor, order, occasion)
    floor.plant = order.plant
    for event in events:
        floor.apply(event, occasion)
    keep_plant(work, order.plant, order.way, occasion)
    return events


def keep_plant(work: Work, plant: Plant, way: PlantWay, occasion: Occasion) -> None:
    """Save `plant`, and what is different from the one of before."""
    known = work.plant()
    before = plantfile.export(known) if known is not None else None
    tables = plantfile.tables_of(known) if known is not None else {}
    work.save_plant(plant)
    changed = tuple(difference(tables, plantfile.tables_of(plant)))
    if changed:
        at_ms, number = occasion.moment.at_ms, work.plant_revision()
        work.keep_plant_change(PlantChange(number, at_ms, way, occasion.role, before, changed))
