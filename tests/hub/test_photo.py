"""Photos come from anywhere: what is kept is a picture and nothing else."""

import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import Base

from kanban_hub.photo import BYTES_MOST, EDGE_MOST, PhotoError, photo_of


def drawn(form: str, size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(kept, form, **options)
    return kept.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_kept_as_a_jpeg(form: str) -> None:
    kept = opened(photo_of(drawn(form)).data)
    assert (kept.format, kept.size) == ("JPEG", (40, 20))


def test_what_a_camera_writes_beside_the_picture_is_gone() -> None:
    exif = Image.Exif()
    exif[Base.Artist.value], exif[Base.Model.value] = "Erika Mustermann", "Phone 7"
    data = drawn("JPEG", exif=exif, comment=b"at home")
    assert b"Mustermann" in data

    kept = photo_of(data).data

    assert b"Mustermann" not in kept
    assert b"at home" not in kept
    assert dict(opened(kept).getexif()) == {}


def test_what_hangs_behind_a_picture_is_gone() -> None:
    assert b"<script>" not in photo_of(drawn("PNG") + b"<script>alert(1)</script>").data


def test_a_photo_taken_on_its_side_is_kept_upright() -> None:
    exif = Image.Exif()
    exif[Base.Orientation.value] = 6
    assert opened(photo_of(drawn("JPEG", exif=exif)).data).size == (20, 40)


def test_a_large_photo_is_made_smaller() -> None:
    assert max(opened(photo_of(drawn("JPEG", (4_000, 3_000))).data).size) == EDGE_MOST


def test_the_same_photo_has_the_same_id() -> None:
    assert photo_of(drawn("PNG")).id == photo_of(drawn("PNG")).id
    assert photo_of(drawn("PNG")).id != photo_of(drawn("PNG", (41, 20))).id


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no JPEG"),
        (drawn("GIF"), "no JPEG"),
        (drawn("JPEG", (400, 400))[:500], "damaged"),
        (b"x" * (BYTES_MOST + 1), "at most 5 MiB"),
        (drawn("PNG", (9_000, 9_000)), "too many"),
    ],
)
def test_what_is_no_photo_is_refused_and_says_why(data: bytes, said: str) -> None:
    with pytest.raises(PhotoError, match=said):
        photo_of(data)


@given(st.binary(max_size=200), st.integers(0, 600))
def test_damage_is_refused_or_drawn_and_never_breaks(noise: bytes, at: int) -> None:
    whole = drawn("PNG")
    with suppress(PhotoError):
        assert opened(photo_of(whole[:at] + noise + whole[at:]).data).format == "JPEG"
