"""Put a plant into the store: what `kanban-hub load` does, also while the hub runs."""

from kanban_hub.clock import SteadyClock
from kanban_hub.domain.errors import PlantChangeError
from kanban_hub.domain.events import Event, Occasion
from kanban_hub.domain.floor import Floor
from kanban_hub.domain.moment import Moment
from kanban_hub.domain.planning import change
from kanban_hub.domain.plant import Plant
from kanban_hub.errors import PlantFileError
from kanban_hub.ports import Store


def load_plant(store: Store, plant: Plant) -> list[Event]:
    """Bring the floor to `plant` in one transaction, and say what happened to the cards.

    Raises `PlantFileError` where a request or the meaning of a number would be lost.
    """
    with store.transaction() as work:
        floor = Floor(plant) if work.plant() is None else work.floor()
        clock = SteadyClock(work.latest_ms())
        occasion = Occasion(Moment.at(clock.now_ms()))
        try:
            events = change(floor, plant)
        except PlantChangeError as error:
            raise PlantFileError(str(error)) from None
        for event in events:
            floor.apply(event, occasion)
        work.save_plant(plant)
        work.append((event, occasion) for event in events)
        touched = {getattr(event, "card", None) for event in events} - {None}
        work.save_records(floor.touched_records(events), occasion.moment.at_ms)
        work.save([floor.cards[card] for card in touched if card is not None], [])
    return events
