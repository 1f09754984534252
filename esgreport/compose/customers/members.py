"""What members of customers' dimensions are called: touchpoints, themes, countries, values of lists, numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from esgreport.compose.writer import Writer
from esgreport.customer_panels import CustomerPanels

_COUNTRIES = ("country", "billing_country")
_INDUSTRY = "industry"


@dataclass(frozen=True)
class Members:
    """Names by dimension and member, in the reader's language."""

    writer: Writer
    panels: CustomerPanels

    def told(self, dimension: str, member: str) -> str:
        """A member as people call it; a number, or what a scale's high end means, with its dimension."""
        own = self._own.get((dimension, member))
        if own:
            return own
        if dimension == _INDUSTRY:
            return self.writer.definitions.code_list("Nace").label(
                f"NACE_{member.replace('.', '')}", self.writer.language
            )
        if dimension in _COUNTRIES:
            return str(self.writer.numbers.locale.territories.get(member.upper(), member))
        name = self._listed(dimension, member) or self._worded(member)
        if dimension == "direction" or member.replace(".", "").replace("-", "").isdecimal():
            value = name or member.replace("-", "–")
            return self.writer.say("%(name)s: %(value)s", name=self.dimension(dimension), value=value)
        return name or member

    def dimension(self, name: str) -> str:
        """What a dimension is called."""
        known = self.writer.definitions.cx_panels.words.dimensions.get(name)
        column = self.writer.definitions.cx_panels.words.columns.get(name)
        word = known or column
        return self.writer.text(word.labels) if word else name

    def stands_for(self, name: str, wanted: str, member: str | None) -> bool:
        """Whether a member is the one wanted; `@kind` wants a touchpoint of that kind."""
        if name != "touchpoint" or not wanted.startswith("@"):
            return member == wanted
        kinds = {each.id: each.kind.code for each in self.panels.journey.touchpoints if each.kind}
        return member is not None and kinds.get(member) == wanted[1:]

    @cached_property
    def _own(self) -> Mapping[tuple[str, str], str]:
        """The names the undertaking gave itself."""
        touchpoints = {("touchpoint", each.id): each.name for each in self.panels.journey.touchpoints}
        themes = {("theme", each.theme.code): each.theme.label for each in self.panels.themes.themes}
        return {**touchpoints, **themes}

    def _listed(self, dimension: str, member: str) -> str:
        """The label in the list of values of a column of that name, or in the list called after the dimension."""
        customer = self.writer.definitions.cx
        columns = (table.by_name[dimension] for table in customer.tables.values() if dimension in table.by_name)
        lists = (*(customer.values_of(column) for column in columns), customer.lists.get(f"{dimension}s"))
        values = (value for each in lists if each for value in each.values)
        found = next((value for value in values if value.name == member), None)
        return self.writer.text(found.labels) if found else ""

    def _worded(self, member: str) -> str:
        """What panels and metrics call a member."""
        panels = self.writer.definitions.cx_panels
        rules = panels.drivers
        named = {each.name: each.labels for each in rules.drivers} | {each.name: each.labels for each in rules.outcomes}
        word = panels.texts.get(member) or panels.words.columns.get(member)
        labels = named.get(member) or (word.labels if word else None)
        return self.writer.text(labels) if labels else ""
