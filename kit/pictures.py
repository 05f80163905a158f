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
