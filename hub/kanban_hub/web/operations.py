"""Every operation that the hub's web has, in the order in which the documentation tells them."""

from typing import Any

from kanban_hub.web.api import (
    audits,
    bindings,
    calls,
    cards,
    commands,
    demands,
    escalation,
    events,
    evidence,
    exports,
    findings,
    labels,
    links,
    loops,
    notices,
    panels,
    plant,
    quarantine,
    queue,
    replay,
    requests,
    signals,
    sizing,
    stations,
    supply,
    trial,
)
from kanban_hub.web.health import healthz
from kanban_hub.web.metrics import metrics
from kanban_hub.web.openapi import document
from kanban_hub.web.operation import Operation, operation
from kanban_hub.web.parts import WebParts
from kanban_hub.web.stream import stream


@operation("GET /api/v1/openapi.json")
def openapi(_: WebParts) -> dict[str, Any]:
    """The description of all operations, by OpenAPI 3.1."""
    return document(OPERATIONS)


OPERATIONS: tuple[Operation, ...] = (
    stations.stations,
    stations.station,
    signals.send_signals,
    panels.panel_state,
    panels.hear_panel,
    commands.command_station,
    queue.station_queue,
    requests.requests_json,
    requests.requests_csv,
    requests.requests_edi,
    queue.resequence,
    loops.loops,
    loops.loop,
    loops.move_loop,
    loops.balance,
    sizing.loop_sizing,
    replay.loop_replay,
    trial.loop_trial,
    trial.order_trial,
    cards.cards,
    cards.card,
    cards.move_card,
    supply.count_card,
    supply.supply_card,
    supply.add_cards,
    supply.make_promise,
    demands.demands,
    demands.place_demand,
    demands.import_demands,
    audits.audits,
    audits.audit,
    audits.begin_audit,
    audits.sight_card,
    audits.end_audit,
    labels.card_label,
    labels.command_sheet,
    labels.label,
    bindings.bindings,
    bindings.bind_label,
    bindings.unbind_label,
    links.links,
    links.add_link,
    links.revoke_link,
    events.events,
    exports.events_csv,
    exports.events_jsonl,
    evidence.figures,
    evidence.evidence,
    evidence.evidence_csv,
    calls.calls,
    calls.calls_csv,
    calls.move_call,
    findings.findings,
    findings.note_defect,
    findings.keep_photo,
    findings.photo,
    escalation.escalation,
    quarantine.quarantine,
    notices.notices,
    notices.retry_notice,
    plant.plant_file,
    plant.change_plant,
    stream,
    openapi,
    healthz,
    metrics,
)
