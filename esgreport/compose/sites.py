"""The map of sites as a value: which sites have a place on the earth that can be theirs; it draws none of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from esgreport.compose.writer import Writer, row_column
from esgreport.coordinates import Point, points
from esgreport.definitions.layout import SiteMapBlock
from esgreport.document import Site, SiteMap
from esgreport.model import Fact

_MOST_NAMED = 8
"""Sites named in a sentence, at most."""
_MOST_TOLD = 12
"""Sites named in the text alternative, at most: the table has them all."""
_NOWHERE = 0.01
"""Degrees around the crossing of equator and prime meridian: an empty place on the sea that software fills in."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A site: its identifier, its facts by concept."""

    name: str
    facts: dict[str, Fact]

    def text(self, concept: str) -> str:
        """What it says there; empty where it says nothing."""
        fact = self.facts.get(concept)
        return fact.value.strip() if fact and isinstance(fact.value, str) else ""


def site_map(writer: Writer, block: SiteMapBlock, place: str) -> SiteMap | None:
    """The map of the sites whose coordinates can be right; None where there are none."""
    rows = list(_rows(writer, block))
    found = [(row, _place(writer, block, row)) for row in rows]
    sites = tuple(_site(block, row, point) for row, point in found if point)
    if not sites:
        return None
    without = [row.name for row, _ in found if not row.text(block.place)]
    wrong = [row.name for row, point in found if row.text(block.place) and not point]
    return SiteMap(
        id=place,
        title=_title(writer, block, rows),
        sites=sites,
        note=" ".join(_notes(writer, without, wrong)),
        description=_description(writer, block, [row for row, point in found if point]),
    )


def _rows(writer: Writer, block: SiteMapBlock) -> Iterator[_Row]:
    """The sites in the workbook's order; an identifier that several of its rows have stands for several sites."""
    axis = writer.definitions.tables[block.table].axes[0]
    facts = [fact for name in (block.place, block.country, block.city) for fact in writer.of(name)]
    contexts = Counter((fact.concept, fact.dimensions) for fact in facts)
    several = {dimensions for (_, dimensions), count in contexts.items() if count > 1}
    rows: dict[tuple[str, int], dict[str, Fact]] = {}
    for fact in sorted(facts, key=lambda fact: (fact.source.sheet, row_column(fact)[0])):
        key = (fact.member(axis) or "", row_column(fact)[0] if fact.dimensions in several else 0)
        rows.setdefault(key, {})[fact.concept] = fact
    yield from (_Row(name, found) for (name, _), found in rows.items())


def _place(writer: Writer, block: SiteMapBlock, row: _Row) -> Point | None:
    """The first place a site names that lies in its country; None for one that cannot be right."""
    boxes = writer.definitions.forms.country_boxes.get(row.text(block.country), ())
    for point in points(row.text(block.place)) or ():
        for one in _readings(point):
            known = any(box.holds(one.latitude, one.longitude) for box in boxes)
            nowhere = abs(one.latitude) < _NOWHERE and abs(one.longitude) < _NOWHERE
            if (known or not boxes) and not nowhere:
                return one
    return None


def _readings(point: Point) -> tuple[Point, ...]:
    """A point, and the other one it may be where east and west are not told apart: the country decides."""
    return (point,) if point.sure else (Point(point.latitude, -point.longitude), point)


def _site(block: SiteMapBlock, row: _Row, point: Point) -> Site:
    label = " ".join((row.text(block.city) or row.name).split())
    return Site(label, point.latitude, point.longitude, row.text(block.country))


def _title(writer: Writer, block: SiteMapBlock, rows: Sequence[_Row]) -> str:
    """How many sites there are, and in how many countries where all say so."""
    sites = writer.say("%(count)s site", "%(count)s sites", len(rows))
    countries = [row.text(block.country) for row in rows]
    if not all(countries):
        return sites
    many = len(set(countries))
    return writer.say("%(sites)s in %(count)s country", "%(sites)s in %(count)s countries", many, sites=sites)


def _notes(writer: Writer, without: Sequence[str], wrong: Sequence[str]) -> Iterator[str]:
    if without:
        yield writer.say("Not on the map, for want of coordinates: %(sites)s.", sites=_listed(writer, without))
    if wrong:
        yield writer.say(
            "Not on the map, because the coordinates cannot be right: %(sites)s.", sites=_listed(writer, wrong)
        )
    yield writer.say("Outlines: Natural Earth.")


def _listed(writer: Writer, names: Sequence[str], most: int = _MOST_NAMED) -> str:
    shown = [*names[:most]]
    if len(names) > most:
        shown.append(writer.say("%(count)s other", "%(count)s others", len(names) - most))
    return "; ".join(shown)


def _description(writer: Writer, block: SiteMapBlock, rows: Sequence[_Row]) -> str:
    """The map in words: its sites with city and country."""
    members = writer.definitions.concepts[block.country].members
    countries = writer.definitions.code_list(members)
    told = []
    for row in rows:
        country = row.text(block.country)
        label = countries.label(country, writer.language) if country in countries.by_member else country
        told.append(", ".join(filter(None, (row.name, row.text(block.city), label))))
    return writer.say("Map of the sites: %(sites)s.", sites=_listed(writer, told, _MOST_TOLD))
