"""QR codes as inline SVG."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(text: str, *, dark: str = "#0c2340") -> SafeString:
    """An `<svg>` of a level M code with its quiet zone, dark on white, without width or height.

    The text is the content of the code, not markup; `dark` is a CSS colour of ours.
    """
    code = segno.make(text, error="m", micro=False, boost_error=False)
    svg = code.svg_inline(border=4, dark=dark, light="#fff", omitsize=True)
    return mark_safe(svg)  # noqa: S308 -- segno's own markup: paths and numbers
