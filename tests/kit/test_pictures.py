import io

import pytest
from PIL import Image, ImageFile, PngImagePlugin

from kit import pictures
from kit.pictures import PictureFault, clean_picture

SECRET = b"Nanchang 28.68N 115.86E"


def saved(image, form, **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def opened(data):
    return Image.open(io.BytesIO(data))


def photograph(size=(4, 2), orientation=1):
    image = Image.new("RGB", size, "red")
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[2] = (28.0, 40.0, 0.0)
    return saved(image, "JPEG", exif=exif, comment=SECRET)


def test_a_photograph_tells_nothing_of_its_place():
    data = photograph()
    assert SECRET in data

    clean = clean_picture("jpg", data)

    assert SECRET not in clean
    assert dict(opened(clean).getexif()) == {}
    assert opened(clean).size == (4, 2)


def test_a_photograph_stands_upright_without_being_told():
    assert opened(clean_picture("jpg", photograph(orientation=6))).size == (2, 4)


def test_the_words_in_a_png_are_gone():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", SECRET.decode())
    data = saved(Image.new("RGB", (2, 2)), "PNG", pnginfo=notes)

    assert SECRET not in clean_picture("png", data)


def test_what_hides_behind_a_picture_is_gone():
    data = saved(Image.new("RGB", (2, 2)), "PNG") + b"PK\x03\x04<script>alert(1)</script>"

    assert b"<script>" not in clean_picture("png", data)


def test_of_a_moving_picture_the_first_frame_is_kept():
    frames = [Image.new("RGB", (2, 2), colour) for colour in ("red", "blue", "green")]
    data = saved(frames[0], "PNG", save_all=True, append_images=frames[1:])

    clean = opened(clean_picture("png", data))

    assert (getattr(clean, "n_frames", 1), clean.getpixel((0, 0))) == (1, (255, 0, 0))


@pytest.mark.parametrize("mode", ["CMYK", "L", "RGB"])
def test_print_colours_become_screen_colours(mode):
    clean = opened(clean_picture("jpg", saved(Image.new(mode, (2, 2)), "JPEG")))

    assert clean.mode == ("L" if mode == "L" else "RGB")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_drawn(mode):
    clean = opened(clean_picture("png", saved(Image.new(mode, (3, 2)), "PNG")))

    assert clean.size == (3, 2)


def test_transparency_stays():
    image = Image.new("P", (2, 2), 0)
    image.putpalette([255, 0, 0])
    clean = opened(clean_picture("png", saved(image, "PNG", transparency=0)))

    assert clean.getpixel((0, 0)) == (255, 0, 0, 0)


def test_equal_pictures_stay_equal():
    assert clean_picture("jpg", photograph()) == clean_picture("jpg", photograph())


def fault_of(kind, data):
    with pytest.raises(PictureFault) as caught:
        clean_picture(kind, data)
    return caught.value.code


def test_pictures_too_large_to_open_are_refused_by_their_size_alone(monkeypatch):
    huge = saved(Image.new("1", (30_000, 30_000)), "PNG")

    assert fault_of("png", huge) == "pixels"
    monkeypatch.setattr(pictures, "MAX_PIXELS", 3)
    assert fault_of("png", saved(Image.new("1", (2, 2)), "PNG")) == "pixels"


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("png", b"\x89PNG\r\n\x1a\n"),
        ("png", saved(Image.new("RGB", (50, 50), "red"), "PNG")[:-30]),
        ("jpg", photograph()[:40]),
        ("jpg", photograph((90, 90))[:-20]),
        ("jpg", b"\xff\xd8\xffGIF89a=1;alert(1)"),
        ("jpg", saved(Image.new("RGB", (2, 2)), "PNG")),
        ("png", b""),
    ],
)
@pytest.mark.parametrize("lenient", [True, False])
def test_what_is_no_whole_picture_is_refused(monkeypatch, lenient, kind, data):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)

    assert fault_of(kind, data) == "damaged"
