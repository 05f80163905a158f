"""Charts as plain SVG for our own pages: drawn by pygal, then stripped of scripts and styles.

Our pages allow neither inline script nor inline style, so looks are presentation attributes;
classes stay for style sheets. The same figures always give the same text.
"""

import sys
from collections.abc import Callable, Sequence
from typing import Any
from xml.etree import ElementTree

from django.utils.safestring import SafeString, mark_safe
from pygal.graph.bar import Bar
from pygal.graph.horizontalbar import HorizontalBar
from pygal.graph.line import Line

# pygal leaves an import hook of an old kind, which makes every later import warn.
sys.meta_path[:] = [hook for hook in sys.meta_path if type(hook).__name__ != "PluginImportFixer"]

SVG = "{http://www.w3.org/2000/svg}"
# Steps of the house colours that stay apart in light, dark and grey.
COLOURS = ("#3b6b8f", "#d9822b", "#5c9178", "#8a6fa8", "#9aa5ad")
_DROPPED = {f"{SVG}defs", f"{SVG}script", f"{SVG}style"}
Series = Sequence[tuple[str, Sequence[float | None]]]


def bar_chart(
    *, title: str, labels: Sequence[str], series: Series, unit: str = "", height: int = 240
) -> SafeString:
    """Bars side by side; a value of None leaves a gap. `title` is read out, not drawn."""
    return _drawn(Bar, title, labels, series, unit, height, rounded_bars=2)


def row_chart(
    *, title: str, labels: Sequence[str], series: Series, unit: str = "", height: int = 240
) -> SafeString:
    """Bars lying down, for long labels."""
    return _drawn(
        HorizontalBar, title, labels, series, unit, height, margin_left=20 + _lacking(labels)
    )


def line_chart(
    *, title: str, labels: Sequence[str], series: Series, unit: str = "", height: int = 240
) -> SafeString:
    """Lines over time; a value of None interrupts the line."""
    return _drawn(Line, title, labels, series, unit, height, allow_interruptions=True)


def _drawn(
    kind: Callable[..., Any],
    title: str,
    labels: Sequence[str],
    series: Series,
    unit: str,
    height: int,
    **options: Any,
) -> SafeString:
    chart = kind(
        js=[],
        disable_xml_declaration=True,
        no_prefix=True,
        width=720,
        height=height,
        max_scale=6,
        show_legend=len(series) > 1,
        formatter=lambda value: f"{value:g}{unit}",
        **options,
    )
    chart.x_labels = list(labels)
    for name, values in series:
        chart.add(name, list(values))
    return mark_safe(clean(chart.render(), title))  # noqa: S308 -- cleaned, and text is escaped


def _lacking(labels: Sequence[str]) -> int:
    """Room that pygal does not leave for Han characters, which are wider than it thinks."""
    return max((7 * sum(not sign.isascii() for sign in label) for label in labels), default=0)


def clean(svg: str, title: str) -> str:
    """The drawing without scripts, styles, comments and identifiers, with a title to read out."""
    root = ElementTree.fromstring(svg)  # noqa: S314 -- pygal's own output
    _strip(root)
    for element in root.iter():
        for name in ("style", "id", "onload"):
            element.attrib.pop(name, None)
    _paint(root, COLOURS[0], "")
    root.attrib.update({"class": "chart", "role": "img", "aria-label": title})
    root.attrib.pop("width", None)
    root.attrib.pop("height", None)
    # Other libraries register a prefix of their own for SVG: say it each time.
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    return ElementTree.tostring(root, encoding="unicode")


def _strip(element: ElementTree.Element) -> None:
    for child in list(element):
        classes = child.get("class", "").split()
        if child.tag in _DROPPED or "tooltip-overlay" in classes:
            element.remove(child)
        elif child.tag == f"{SVG}desc":
            if "value" in classes:  # what a script would have shown is shown by the browser
                ElementTree.SubElement(element, f"{SVG}title").text = child.text
            element.remove(child)
        else:
            _strip(child)


def _paint(element: ElementTree.Element, colour: str, axis: str) -> None:
    """Give shapes and texts their looks, by the classes of the groups they lie in."""
    classes = element.get("class", "").split()
    for name in classes:
        if name.startswith("color-") and name[6:].isdecimal():
            colour = COLOURS[int(name[6:]) % len(COLOURS)]
    if "axis" in classes:
        axis = "y" if "y" in classes else "x"
    kind = element.tag.removeprefix(SVG)
    for name, value in _looks(kind, classes, colour, axis).items():
        element.set(name, value)
    for child in element:
        _paint(child, colour, axis)


def _looks(kind: str, classes: list[str], colour: str, axis: str) -> dict[str, str]:
    if kind == "text":
        anchor = {"y": "end", "x": "middle"}.get(axis, "start")
        return {"fill": "currentColor", "font-size": "12", "text-anchor": anchor}
    if kind == "path" and axis:
        return {"fill": "none", "stroke": "currentColor", "stroke-opacity": "0.15"}
    if kind == "path":
        return {"fill": "none", "stroke": colour, "stroke-width": "2"}
    if kind in {"rect", "circle"}:
        return {"fill": "none" if "background" in classes else colour}
    return {}
