"""An SVG that came from outside, written anew from what may be in it: shapes, paint and groups; it draws nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree
from xml.parsers import expat

from esgreport.errors import DefinitionError

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_SHAPES_IN_WORDS = """
svg g defs symbol use path rect circle ellipse line polyline polygon text tspan linearGradient radialGradient
stop clipPath mask title desc
"""
_SHAPES = frozenset(_SHAPES_IN_WORDS.split())
_SILENT = frozenset(("title", "desc", "style"))
_PAINT_IN_WORDS = """
fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit
stroke-dasharray stroke-dashoffset opacity clip-path clip-rule mask stop-color stop-opacity color font-family
font-size font-weight font-style text-anchor letter-spacing display visibility
"""
_PAINT = frozenset(_PAINT_IN_WORDS.split())
_GEOMETRY_IN_WORDS = """
id x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy d points width height viewBox transform gradientUnits
gradientTransform spreadMethod offset clipPathUnits maskUnits maskContentUnits preserveAspectRatio
"""
_GEOMETRY = frozenset(_GEOMETRY_IN_WORDS.split())
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|expression|javascript:|@import|\\", re.IGNORECASE)
_MOST_ELEMENTS = 20_000

Looks = Mapping[str, Mapping[str, str]]


def cleaned_svg(content: bytes, place: str, name: str) -> tuple[bytes, float]:
    """The drawing with only shapes and paint left, styles as attributes, and how much wider than high it is.

    Errors: DefinitionError when it is no SVG, has no size, or holds what is not drawn: scripts, handlers, pictures,
    addresses outside itself, entities.
    """
    root = _parsed(content, place, name)
    if root.tag != f"{_SVG}svg":
        raise DefinitionError(f"{place}: {name} is no SVG.")
    for element in root.iter():
        if fault := _fault(element):
            raise DefinitionError(
                f"{place}: {name} has {fault}, which is not taken. Save it as plain SVG, with shapes only."
            )
    ratio = _ratio(root)
    if not ratio:
        raise DefinitionError(f"{place}: {name} does not say its size. Give it a viewBox.")
    ElementTree.register_namespace("", _SVG[1:-1])
    fresh = _fresh(root, _looks(root))
    return ElementTree.tostring(fresh, encoding="utf-8"), ratio


def _parsed(content: bytes, place: str, name: str) -> ElementTree.Element:
    """The tree; a document type is refused before anything in it counts, and so is a flood of elements."""
    seen = 0

    def refuse(*_: object) -> None:
        raise DefinitionError(f"{place}: {name} declares a document type, which is not taken. Save it as plain SVG.")

    def count(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen > _MOST_ELEMENTS:
            raise DefinitionError(f"{place}: {name} has more than {_MOST_ELEMENTS} shapes. Make it simpler.")

    text = re.sub(rb"<!DOCTYPE svg PUBLIC[^>\[]*>", b"", content, count=1)  # what drawing programs of old write
    look = expat.ParserCreate()
    look.StartDoctypeDeclHandler, look.StartElementHandler = refuse, count
    try:
        look.Parse(text, True)
        return ElementTree.fromstring(text)
    except (expat.ExpatError, ElementTree.ParseError) as error:
        raise DefinitionError(f"{place}: {name} is no SVG that can be read ({error}).") from None


def _fault(element: ElementTree.Element) -> str:
    """What in an element would do more than be drawn; empty when nothing."""
    tag = element.tag.removeprefix(_SVG) if isinstance(element.tag, str) else ""
    if tag in ("script", "foreignObject", "image", "feImage", "animate", "set", "animateTransform", "handler", "a"):
        return f"<{tag}>"
    for key, value in element.attrib.items():
        bare = key.rpartition("}")[2].lower()
        if bare.startswith("on"):
            return f"a handler ({bare})"
        if bare == "href" and not value.startswith("#") and tag == "use":
            return "a link to another file"
        if bare in _PAINT | {"style"} and _OUTSIDE.search(value):
            return "an address outside itself"
    if tag == "style" and _OUTSIDE.search(element.text or ""):
        return "an address outside itself"
    return ""


def _ratio(root: ElementTree.Element) -> float:
    box = [float(each) for each in re.findall(r"-?[\d.]+(?:e-?\d+)?", root.get("viewBox", ""))]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        return box[2] / box[3]
    size = [re.match(r"\s*([\d.]+)(?:px|pt|mm)?\s*$", root.get(key, "")) for key in ("width", "height")]
    wide, high = (float(each[1]) if each else 0.0 for each in size)
    if wide and high:
        root.set("viewBox", f"0 0 {wide:g} {high:g}")
    return wide / high if high else 0.0


def _looks(root: ElementTree.Element) -> Looks:
    """The paint of the drawing's own classes."""
    looks: dict[str, dict[str, str]] = {}
    for style in root.iter(f"{_SVG}style"):
        text = re.sub(r"/\*.*?\*/", "", style.text or "", flags=re.DOTALL)
        for selectors, body in _RULE.findall(text):
            for selector in selectors.split(","):
                if (found := selector.strip()).startswith("."):
                    looks.setdefault(found[1:], {}).update(_declared(body))
    return looks


def _declared(text: str) -> Iterator[tuple[str, str]]:
    for each in text.split(";"):
        key, _, value = each.partition(":")
        if key.strip() in _PAINT and value.strip():
            yield key.strip(), value.replace("!important", "").strip()


def _fresh(element: ElementTree.Element, looks: Looks) -> ElementTree.Element:
    """An element of ours in place of one that came; what is neither shape nor paint is left behind."""
    made = ElementTree.Element(element.tag)
    for key, value in element.attrib.items():
        if key in _GEOMETRY or key in _PAINT:
            made.set(key, value)
    if href := element.get("href") or element.get(_LINK):
        made.set("href", href)
    for name in element.get("class", "").split():
        for key, value in looks.get(name, {}).items():
            made.set(key, value)
    for key, value in _declared(element.get("style", "")):
        made.set(key, value)
    made.text = element.text if element.tag.removeprefix(_SVG) in ("text", "tspan") else None
    for child in element:
        tag = child.tag.removeprefix(_SVG) if isinstance(child.tag, str) else ""
        if tag in _SHAPES - _SILENT:
            made.append(_fresh(child, looks))
    return made
