"""Every formula by its name. The API answers by this table, and the page of the docs is held against it."""

from collections.abc import Callable
from dataclasses import dataclass

from kanban_hub.domain.marking import N_
from kanban_hub.domain.sizing.bins import two_bin
from kanban_hub.domain.sizing.dynamics import dynamics
from kanban_hub.domain.sizing.figure import Figure, Unit
from kanban_hub.domain.sizing.inputs import Inputs
from kanban_hub.domain.sizing.jde import jde_average, jde_high
from kanban_hub.domain.sizing.oracle import oracle_cards, oracle_quantity
from kanban_hub.domain.sizing.qad import qad_buffer, qad_order_point
from kanban_hub.domain.sizing.safety import safety_stock
from kanban_hub.domain.sizing.sap import sap_cards, sap_classic, sap_quantity
from kanban_hub.domain.sizing.textbook import epei, textbook
from kanban_hub.domain.sizing.triangle import signal_lot, signal_reorder_point


@dataclass(frozen=True)
class Formula:
    """`expression` and `source` are for people. `uses` names the fields of `Inputs` that bear on it."""

    title: str
    expression: str
    source: str
    unit: Unit
    uses: tuple[str, ...]
    function: Callable[[Inputs], Figure]


_LOOP = ("demand_per_hour", "lead_time_h", "container_quantity")
_STOCK = ("safety_stock", "lead_time_deviation_h", "service_percent")

FORMULAS: dict[str, Formula] = {
    "textbook": Formula(
        N_("Textbook"),
        "N = D·L·(1+safety)/Q",
        "Monden, Toyota Production System",
        Unit.CARDS,
        (*_LOOP, "safety"),
        textbook,
    ),
    "sap_cards": Formula(
        N_("SAP, automatic calculation"),
        "N = (RT·AC/CONT)·SF + C",
        "SAP data element KCSAF",
        Unit.CARDS,
        (*_LOOP, "safety", "reporting_points"),
        sap_cards,
    ),
    "sap_quantity": Formula(
        N_("SAP, quantity for the cards there are"),
        "Q = RT·AC·SF/(K-C)",
        "SAP data element KCSAF",
        Unit.PIECES,
        ("demand_per_hour", "lead_time_h", "cards", "safety", "reporting_points"),
        sap_quantity,
    ),
    "sap_classic": Formula(
        N_("SAP, classic kanban"), "(N-1)·Q = D·L", "SAP Help, Classic Kanban", Unit.CARDS, _LOOP, sap_classic
    ),
    "oracle_cards": Formula(
        N_("Oracle"),
        "(C-1)·S = D·L",
        "resourcesystemsconsulting.com 2009-05-22",
        Unit.CARDS,
        _LOOP,
        oracle_cards,
    ),
    "oracle_quantity": Formula(
        N_("Oracle, quantity for the cards there are"),
        "S = D·L/(C-1)",
        "resourcesystemsconsulting.com 2009-05-22",
        Unit.PIECES,
        ("demand_per_hour", "lead_time_h", "cards"),
        oracle_quantity,
    ),
    "dynamics": Formula(
        N_("Microsoft Dynamics 365"),
        "N = (D·L·(1+safety) + safety stock)/Q + minimum",
        "Microsoft Learn, Kanban quantity calculation policies",
        Unit.CARDS,
        (*_LOOP, "safety", *_STOCK, "minimum_cards"),
        dynamics,
    ),
    "jde_average": Formula(
        N_("JD Edwards, average demand"),
        "N = (D·(L + scan delta) + safety stock)/Q",
        "Oracle JD Edwards EnterpriseOne, Kanban Equation 4",
        Unit.CARDS,
        (*_LOOP, "scan_delta_h", *_STOCK),
        jde_average,
    ),
    "jde_high": Formula(
        N_("JD Edwards, high demand"),
        "N = (high D·(L + scan delta) + safety stock)/Q",
        "Oracle JD Edwards EnterpriseOne, Kanban Equation 1",
        Unit.CARDS,
        ("high_demand_per_hour", *_LOOP, "scan_delta_h", *_STOCK),
        jde_high,
    ),
    "qad_order_point": Formula(
        N_("QAD, order point"),
        "P = (D·L + safety stock)·variability, in whole containers",
        "QAD Lean Manufacturing, training guide 2014 EE",
        Unit.PIECES,
        (*_LOOP, "variability", *_STOCK),
        qad_order_point,
    ),
    "qad_buffer": Formula(
        N_("QAD, buffer maximum"),
        "N = (P + order quantity)/Q",
        "QAD Lean Manufacturing, training guide 2014 EE",
        Unit.CARDS,
        (*_LOOP, "variability", *_STOCK, "order_quantity"),
        qad_buffer,
    ),
    "epei": Formula(
        N_("Every part every interval"),
        "N = D·(EPEI + L + safety time)/Q",
        "resourcesystemsconsulting.com 2009-05-22",
        Unit.CARDS,
        (*_LOOP, "epei_h", "safety_time_h"),
        epei,
    ),
    "two_bin": Formula(
        N_("Two bins, quantity of each"),
        "Q = D·L·(1+safety)",
        "the textbook's, for two bins",
        Unit.PIECES,
        ("demand_per_hour", "lead_time_h", "safety"),
        two_bin,
    ),
    "signal_reorder_point": Formula(
        N_("Signal kanban, where the triangle hangs"),
        "R = D·L·(1+safety), in whole containers",
        "allaboutlean.com, kanban card design",
        Unit.PIECES,
        (*_LOOP, "safety"),
        signal_reorder_point,
    ),
    "signal_lot": Formula(
        N_("Signal kanban, lot"),
        "lot = D·EPEI, in whole containers",
        "leanmath.com, triangle kanban sizing",
        Unit.PIECES,
        ("demand_per_hour", "container_quantity", "epei_h"),
        signal_lot,
    ),
    "safety_stock": Formula(
        N_("Safety stock"),
        "S = service factor·D·deviation of L",
        "King, Crack the Code, APICS 2011",
        Unit.PIECES,
        ("demand_per_hour", *_STOCK),
        safety_stock,
    ),
}
