"""What a report says of what its readers are not shown: that there is more, of what kind, and why; never what it is."""

from __future__ import annotations

from collections.abc import Iterator

from esgreport.assessment import Told
from esgreport.compose.writer import Writer
from esgreport.definitions import Disclosure


def said_of_audience(writer: Writer, told: Told, edition: str) -> Iterator[str]:
    """Sentences for "about": who this edition is for, what it lacks and why, what is rounded."""
    kept = [each for each in told.withheld if each.concept not in writer.withheld]
    if edition and (kept or told.rounded):
        yield writer.say("This edition of the report was made %(readers)s.", readers=edition.removesuffix("."))
    for reason in dict.fromkeys(each.reason for each in kept):
        listed = "; ".join(each.label for each in kept if each.reason == reason)
        yield writer.say("Not shown to these readers: %(listed)s. %(reason)s", listed=listed, reason=reason)
    if told.rounded:
        yield writer.say(
            "Shown in round figures: %(listed)s. Sums and derived figures follow from the rounded ones.",
            listed="; ".join(each.label for each in told.rounded),
        )


def not_shown(writer: Writer, told: Told, disclosure: Disclosure) -> str:
    """What of a disclosure is not shown to the readers, and why; empty where nothing is kept from them."""
    names = {concept.name for concept in disclosure.concepts} - writer.withheld
    kept = [each for each in told.withheld if each.concept in names]
    if not kept:
        return ""
    reasons = " ".join(dict.fromkeys(each.reason for each in kept))
    listed = "; ".join(each.label for each in kept)
    return writer.say("Not shown to these readers: %(listed)s. %(reason)s", listed=listed, reason=reasons)
