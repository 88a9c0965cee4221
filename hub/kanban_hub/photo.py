"""Photos of bad containers: taken in from anywhere, kept as plain pixels.

A photo is drawn again before it is kept: what a camera writes beside it (place, time, device, owner) and
whatever else a file can hold is gone then.
"""

import hashlib
import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

from kanban_hub.errors import HubError

FORMATS = ("JPEG", "PNG", "WEBP")
BYTES_MOST = 5 * 1024 * 1024
# A picture of few bytes may claim to be as large as it likes; phones take 12 to 50 million.
PIXELS_MOST = 60_000_000
EDGE_MOST = 2_048
QUALITY = 82
MEDIA_TYPE = "image/jpeg"


class PhotoError(HubError):
    """What was sent is no photo that can be kept."""


@dataclass(frozen=True)
class Photo:
    """A JPEG. The id is the hash of its bytes: the same photo is kept once."""

    id: str
    data: bytes


def photo_of(data: bytes) -> Photo:
    """The photo in `data`, a JPEG, PNG or WebP whatever it is called, made at most `EDGE_MOST` wide or high.

    Raises `PhotoError`.
    """
    if len(data) > BYTES_MOST:
        raise PhotoError(f"a photo has at most {BYTES_MOST // 1024 // 1024} MiB, this one {len(data)} bytes")
    drawn = io.BytesIO()
    _drawn(data).save(drawn, "JPEG", quality=QUALITY, optimize=True)
    kept = drawn.getvalue()
    return Photo(hashlib.sha256(kept).hexdigest()[:32], kept)


def size_of(photo: Photo) -> tuple[int, int]:
    """Width and height in pixels."""
    with Image.open(io.BytesIO(photo.data), formats=["JPEG"]) as image:
        return image.width, image.height


def _opaque(image: Image.Image) -> Image.Image:
    """On white, as paper is: what lies under the clear parts of a picture is of any colour."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    paper = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")


def _drawn(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=FORMATS) as image:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            if image.width * image.height > PIXELS_MOST:
                raise PhotoError(f"{image.width} x {image.height} pixels are too many")
            image.draft("RGB", (EDGE_MOST, EDGE_MOST))
            upright = _opaque(ImageOps.exif_transpose(image))
            upright.thumbnail((EDGE_MOST, EDGE_MOST))
    except UnidentifiedImageError:
        raise PhotoError(f"this is no {', '.join(FORMATS)}") from None
    except (
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise PhotoError(f"the photo is damaged: {error}") from None
    plain = Image.new("RGB", upright.size)
    plain.paste(upright)
    return plain
