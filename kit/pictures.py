"""Pictures that people hand in: decided by their bytes, drawn anew, without where and by whom.

A photograph carries the place it was taken at; a file can be a picture and something else at
once. Drawing the picture anew leaves only the picture.
"""

import io
import warnings
from typing import Any

from PIL import Image, ImageOps

MAX_PIXELS = 40_000_000
FORMATS = {"png": "PNG", "jpg": "JPEG"}
START_OF_SCAN, END_OF_IMAGE = b"\xff\xda", b"\xff\xd9"
PLAIN_MODES = {"PNG": {"1", "L", "LA", "P", "RGB", "RGBA"}, "JPEG": {"L", "RGB"}}


class PictureFault(ValueError):
    """Why a picture is refused; `code` is pixels or damaged."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def clean_picture(kind: str, data: bytes) -> bytes:
    """A "png" or "jpg" drawn anew: upright, its first frame only, colours kept, nothing told of
    place, camera or person. PictureFault where it is too large to open or cannot be read."""
    form = FORMATS[kind]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=[form]) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise PictureFault("pixels")
                _check_whole(form, data)
                return _drawn(image, form)
    except Image.DecompressionBombError as error:
        raise PictureFault("pixels") from error
    except PictureFault:
        raise
    except Exception as error:  # Pillow's readers raise whatever their format trips over
        raise PictureFault("damaged") from error


def _check_whole(form: str, data: bytes) -> None:
    """PictureFault for a picture that was cut off. WeasyPrint tells Pillow for the whole process
    to be content with half a picture, so Pillow cannot be asked by drawing it."""
    if form == "PNG":
        with Image.open(io.BytesIO(data), formats=[form]) as image:
            image.verify()
    elif data.rfind(END_OF_IMAGE) < data.rfind(START_OF_SCAN):
        raise PictureFault("damaged")


def _drawn(image: Image.Image, form: str) -> bytes:
    colours = image.info.get("icc_profile")
    upright: Image.Image = ImageOps.exif_transpose(image)
    if "transparency" in upright.info and form == "PNG":
        upright = upright.convert("RGBA")
    elif upright.mode not in PLAIN_MODES[form]:
        upright, colours = upright.convert("RGB"), None
    upright.info.clear()  # comments, text chunks, EXIF
    options: dict[str, Any] = {"quality": 90} if form == "JPEG" else {}
    out = io.BytesIO()
    upright.save(out, form, icc_profile=colours, exif=b"", **options)
    return out.getvalue()


def for_a_page(kind: str, data: bytes, widest: int) -> tuple[str, bytes, tuple[int, int]]:
    """A "png", "jpg", "gif" or "webp" made fit for a page: drawn anew, no wider than `widest`.

    Answers the kind it is now ("png" or "jpg"), its bytes, width and height. PictureFault as
    above.
    """
    if kind not in FORMATS:
        kind, data = "png", _as_png(kind, data)
    data = clean_picture(kind, data)
    with Image.open(io.BytesIO(data), formats=[FORMATS[kind]]) as opened:
        image: Image.Image = opened
        if image.width > widest:
            image = image.resize((widest, max(1, round(image.height * widest / image.width))))
            data = _drawn(image, FORMATS[kind])
        return kind, data, image.size


def _as_png(kind: str, data: bytes) -> bytes:
    """The first frame of a picture of another format, as PNG."""
    out = io.BytesIO()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=[kind.upper()]) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise PictureFault("pixels")
                image.convert("RGBA").save(out, "PNG")
    except Image.DecompressionBombError as error:
        raise PictureFault("pixels") from error
    except PictureFault:
        raise
    except Exception as error:  # as in clean_picture
        raise PictureFault("damaged") from error
    return out.getvalue()
