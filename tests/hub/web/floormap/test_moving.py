"""Moving stations by forms, as a browser without scripts does; the scale, and the picture behind."""

import io

import pytest
from PIL import Image
from werkzeug.test import TestResponse

from kanban_hub.domain.floormap import FloorMap
from kanban_hub.domain.plant import Plant
from kanban_hub.plantchange import PlantWay
from kanban_hub.web.parts import WebParts
from kanban_hub.web.plant import weighing
from kanban_hub.web.plant.weighing import Standing
from tests.hub.web.account.person import HERE, Person
from tests.hub.web.site import Site
from tests.hub.web.supplier.visitor import text_of


def plant(site: Site) -> Plant:
    with site.store.view() as view:
        found = view.plant()
    assert found is not None
    return found


def place(site: Site, station: str) -> tuple[float, float] | None:
    return plant(site).stations[station].position


def move(person: Person, station: str, **fields: str) -> TestResponse:
    return person.fill("/map/move", f"/map/move/{station}", **fields)


def png(wide: int = 80, high: int = 40) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGBA", (wide, high), (0, 0, 0, 0)).save(drawn, "PNG")
    return drawn.getvalue()


def upload(person: Person, data: bytes, name: str = "plan.png") -> TestResponse:
    fields = person.form("/map/move", "/map/picture")
    data_ = {**fields, "file": (io.BytesIO(data), name)}
    return person.client.post("/map/picture", data=data_, headers={"Origin": HERE})


def test_a_station_moves_to_where_the_form_says_and_the_plant_keeps_it(site: Site, root: Person) -> None:
    response = move(root, "paint", x="480", y="100,5")

    assert response.status_code == 303
    assert place(site, "paint") == (480.0, 100.5)
    with site.store.view() as view:
        (change,) = view.plant_changes(1)
    assert (change.way, change.role) == (PlantWay.PAGE, "admin")


def test_a_move_is_taken_back_by_one_press_on_the_map(site: Site, root: Person) -> None:
    response = move(root, "assembly", x="1", y="2")
    page = response.headers["Location"]
    number = page.rpartition("=")[2]
    assert "This is done." in root.read(page)

    back = root.fill(page, f"/plant/changes/{number}/undo")

    assert back.headers["Location"].startswith("/map/move?changed=")
    assert place(site, "assembly") == (620.0, 180.0)


def test_a_place_that_is_forgotten_is_made_by_the_map_again(site: Site, root: Person) -> None:
    move(root, "assembly", do="forget")

    assert place(site, "assembly") is None
    assert root.read("/map/move").count("placed by the map") == 3


@pytest.mark.parametrize("typed", ["", "x", "nan", "inf", "1e7", "12 13", "--1"])
def test_a_place_that_is_none_is_said_and_moves_nothing(site: Site, root: Person, typed: str) -> None:
    response = move(root, "assembly", x=typed, y="2")

    assert response.status_code == 400
    assert "Write a number" in text_of(response)
    assert place(site, "assembly") == (620.0, 180.0)


def test_a_station_that_is_not_there_is_not_moved(root: Person) -> None:
    fields = root.form("/map/move", "/map/move/paint") | {"x": "1", "y": "2"}

    assert root.send("/map/move/nowhere", fields).status_code == 404


def test_only_an_admin_moves_anything(site: Site, anna: Person, root: Person) -> None:
    assert anna.open("/map/move").status_code == 403
    fields = root.form("/map/move", "/map/move/paint") | {"x": "1", "y": "2"}
    assert anna.send("/map/move/paint", fields).status_code == 403
    assert place(site, "paint") is None


def test_one_measured_way_gives_the_scale(site: Site, root: Person) -> None:
    move(root, "paint", x="580", y="120")

    root.fill("/map/move", "/map/scale", **{"from": "assembly", "to": "paint", "metres": "50"})

    assert plant(site).floor_map == FloorMap(0.5), "100 units square to the map are 50 m"
    assert "Metres in a unit" in root.read("/map/move?changed=3")
    assert "A unit of the map is 0.5 m." in root.read("/map/move")
    root.fill("/map/move", "/map/scale", do="forget")
    assert plant(site).floor_map == FloorMap()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"from": "assembly", "to": "assembly", "metres": "5"}, "at the same place"),
        ({"from": "assembly", "to": "castings", "metres": "5"}, "have a place"),
        ({"from": "assembly", "to": "paint", "metres": "0"}, "longer than 0"),
        ({"from": "assembly", "to": "paint", "metres": ""}, "Write a number"),
    ],
)
def test_a_way_that_says_no_scale_is_told(
    site: Site, root: Person, fields: dict[str, str], told: str
) -> None:
    move(root, "paint", x="1", y="2")
    response = root.fill("/map/move", "/map/scale", **fields)

    assert response.status_code == 400
    assert told in text_of(response)
    assert plant(site).floor_map == FloorMap()


def test_a_picture_is_drawn_again_and_lies_behind_all_stations(site: Site, root: Person) -> None:
    assert upload(root, png()).status_code == 303

    floor_map = plant(site).floor_map
    assert floor_map.picture is not None
    assert floor_map.picture_size is not None
    assert floor_map.picture_size[1] == pytest.approx(floor_map.picture_size[0] / 2)
    photo = root.open(f"/api/v1/photos/{floor_map.picture}")
    assert photo.mimetype == "image/jpeg"
    assert Image.open(io.BytesIO(photo.data)).getpixel((5, 5)) == (255, 255, 255), "clear is as white paper"
    assert floor_map.picture in root.open("/map").get_data(as_text=True)


def test_a_picture_is_placed_exchanged_and_taken_away(site: Site, root: Person) -> None:
    upload(root, png())
    root.fill("/map/move", "/map/picture/place", x="-10", y="5", width="200")
    before = plant(site).floor_map
    assert (before.picture_corner, before.picture_size) == ((-10.0, 5.0), (200.0, 100.0))

    upload(root, png(50, 50))
    after = plant(site).floor_map
    assert after.picture != before.picture
    assert (after.picture_corner, after.picture_size) == ((-10.0, 5.0), (200.0, 200.0))

    root.fill("/map/move", "/map/picture/remove")
    assert plant(site).floor_map == FloorMap()


@pytest.mark.parametrize(
    "data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.4", b"\x89PNG\r\n"]
)
def test_what_is_no_picture_is_told_and_kept_nowhere(site: Site, root: Person, data: bytes) -> None:
    response = upload(root, data, "plan.svg")

    assert response.status_code == 400
    assert plant(site).floor_map == FloorMap()


def test_a_picture_that_is_too_large_is_told(root: Person) -> None:
    body, kind = b"x" * (6 * 1024 * 1024), "multipart/form-data; boundary=b"
    response = root.client.post("/map/picture", data=body, content_type=kind, headers={"Origin": HERE})

    assert response.status_code == 413


@pytest.mark.parametrize("fields", [{"x": "0", "y": "0", "width": "0"}, {"x": "0", "y": "", "width": "1"}])
def test_a_picture_stays_where_the_numbers_are_none(site: Site, root: Person, fields: dict[str, str]) -> None:
    upload(root, png())
    before = plant(site).floor_map

    assert root.fill("/map/move", "/map/picture/place", **fields).status_code == 400
    assert plant(site).floor_map == before


def test_a_picture_that_is_not_there_is_not_placed(site: Site, root: Person) -> None:
    fields = root.form("/map/move", "/map/scale") | {"x": "0", "y": "0", "width": "9"}

    assert root.send("/map/picture/place", fields).status_code == 400


def test_two_who_drag_at_one_time_both_move(
    site: Site, root: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = iter(["castings"])

    def loaded(parts: WebParts) -> Standing:
        found = weighing.loaded(parts)
        for station in others:
            move(root, station, x="7", y="8")
        return found

    monkeypatch.setattr("kanban_hub.web.floormap.moving.loaded", loaded)
    move(root, "paint", x="1", y="2")

    assert (place(site, "paint"), place(site, "castings")) == ((1.0, 2.0), (7.0, 8.0))
