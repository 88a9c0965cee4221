"""Every kind of record, and every event that changes one. A new kind is one file and its row here."""

from kanban_hub.domain.events import RecordEvent
from kanban_hub.domain.records.audit import Audit, AuditBegun, AuditEnded, CardSighted
from kanban_hub.domain.records.binding import Binding, LabelBound, LabelUnbound
from kanban_hub.domain.records.box import HeijunkaBox, PitchCleared, PitchFilled
from kanban_hub.domain.records.demand import Demand, DemandPlaced, DemandServed
from kanban_hub.domain.records.finding import DefectNoted, Finding, FindingDecided
from kanban_hub.domain.records.promise import Promise, PromiseEnded, PromiseMade
from kanban_hub.domain.records.record import Record
from kanban_hub.domain.records.sheet import LineEntered, Sheet
from kanban_hub.domain.records.size import LoopEnded, LoopSet, LoopSize
from kanban_hub.domain.records.trial import Trial, TrialEnded, TrialStarted

ROWS: tuple[tuple[type[Record], tuple[type[RecordEvent], ...]], ...] = (
    (LoopSize, (LoopSet, LoopEnded)),
    (Promise, (PromiseMade, PromiseEnded)),
    (Demand, (DemandPlaced, DemandServed)),
    (Trial, (TrialStarted, TrialEnded)),
    (HeijunkaBox, (PitchFilled, PitchCleared)),
    (Audit, (AuditBegun, CardSighted, AuditEnded)),
    (Finding, (DefectNoted, FindingDecided)),
    (Binding, (LabelBound, LabelUnbound)),
    (Sheet, (LineEntered,)),
)
RECORDS: dict[str, type[Record]] = {record.kind: record for record, _ in ROWS}
RECORD_EVENTS: tuple[type[RecordEvent], ...] = tuple(event for _, events in ROWS for event in events)
