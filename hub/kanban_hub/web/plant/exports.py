"""The plant as files: the whole of it, and its tables for spreadsheets."""

from flask import Response

from kanban_hub import plantcsv, plantfile
from kanban_hub.orders import ChangePlant
from kanban_hub.web import sheetfile
from kanban_hub.web.frame import Page, shown
from kanban_hub.web.parts import WebParts
from kanban_hub.web.plant.sheets import SHEETS
from kanban_hub.web.plant.weighing import loaded
from kanban_hub.web.problem import not_found

MAY = (ChangePlant,)
TOML = "application/toml"  # registered with IANA since TOML 1.0
# Says UTF-8 to spreadsheets, which take a file without it for one in their machine's own encoding.
MARK = "\ufeff"


def exports(parts: WebParts) -> Response:
    loaded(parts)
    return shown(parts, "plant/export.html", {"tables": [SHEETS[table] for table in plantcsv.TABLES]})


def export_plant(parts: WebParts) -> Response:
    with parts.floor() as (floor, _):
        plant = floor.plant
    return _file(plantfile.export(plant), TOML, f"{plant.site}.toml")


def export_table(parts: WebParts, table: str) -> Response:
    if table not in plantcsv.TABLES:
        raise not_found(f"no table {table[:40]!r}")
    columns, rows = plantcsv.written(loaded(parts).tables, table)
    return _file(MARK + "".join(sheetfile.lines(columns, rows)), sheetfile.MEDIA_TYPE, f"{table}.csv")


PAGES = (
    Page("GET /plant/export", exports, MAY),
    Page("GET /plant/export/plant.toml", export_plant, MAY),
    Page("GET /plant/export/{table}.csv", export_table, MAY),
)


def _file(text: str, media_type: str, name: str) -> Response:
    disposition = f'attachment; filename="{name}"'
    return Response(text, mimetype=media_type, headers={"Content-Disposition": disposition})
