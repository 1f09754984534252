"""Readiness for terminals and for other programs: plain tables and the structure for JSON; it judges nothing."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence

from esgreport.assessment import DatapointStatus, DisclosureStatus, Gap, ProfileStatus, Readiness, Remark, State
from esgreport.texts import Translate, day_in_words, translator

WIDTH = 110


def readiness_text(found: Readiness) -> str:
    """Readiness for a terminal, in its language: the cap, completeness, customers, gaps, and what the law says."""
    say = translator(found.language)
    parts = (_heading, _disclosures, _cap, _law, _profiles, _gaps)
    return "\n\n".join("\n".join(part(found, say)) for part in parts) + "\n"


def state_words(say: Translate) -> Mapping[State, str]:
    """How the states are called."""
    return {
        State.REPORTED: say("reported"),
        State.PARTLY: say("reported in part"),
        State.UNCHANGED: say("unchanged"),
        State.OMITTED: say("left out as sensitive"),
        State.NOT_APPLICABLE: say("not applicable"),
        State.VOLUNTARY: say("voluntary, not used"),
        State.NOT_ASKED: say("not asked for"),
        State.MISSING: say("missing"),
    }


def place_words(say: Translate) -> Mapping[bool | None, str]:
    """How it is called whether something is inside the cap."""
    return {True: say("inside the cap"), False: say("beyond the cap"), None: say("cannot be told")}


def effort_words(say: Translate) -> Mapping[str, str]:
    """How the efforts are called."""
    return {"low": say("low"), "medium": say("medium"), "high": say("high")}


def in_words(found: Readiness) -> Mapping[str, str]:
    """The few sentences that text and page share: for which size, from when, how much is ready."""
    say = translator(found.language)
    inside = [row for row in found.rows if row.inside is not False]
    done = sum(row.state in (State.REPORTED, State.NOT_APPLICABLE, State.UNCHANGED) for row in inside)
    bands = {"over_10": say("more than 10 employees"), "up_to_10": say("10 employees or fewer")}
    ready, missing = found.ready, found.missing
    held = len(found.held)
    return {
        "rows": say("%(done)s of %(all)s rows of the cap ready", done=done, all=len(inside)),
        "points": say("%(ready)s datapoints inside the cap ready, %(missing)s missing", ready=ready, missing=missing),
        "held": say("%(count)s datapoint held beyond the cap", "%(count)s datapoints held beyond the cap", held),
        "band": bands[found.band],
        "share": _percent(found, say),
    }


def _percent(found: Readiness, say: Translate) -> str:
    whole = found.ready + found.missing
    return say("%(share)s%%", share=round(100 * found.ready / whole)) if whole else "–"


# ── the parts ────────────────────────────────────────────────────────────────────────────────────────────────


def _heading(found: Readiness, say: Translate) -> list[str]:
    words = in_words(found)
    title = say(
        "Readiness of %(entity)s, period to %(end)s",
        entity=found.entity,
        end=day_in_words(found.period_end, found.language),
    )
    lines = [title, f"{say('Edition')}: {found.edition}", *_wrapped(found.why, "  ")]
    return [*lines, f"{words['rows']}; {words['points']}; {words['held']}.", *_wrapped(found.protection, "")]


def _cap(found: Readiness, say: Translate) -> list[str]:
    states, places = state_words(say), place_words(say)
    rows = [
        (row.disclosure, row.paragraph, row.wording, places[row.inside], states[row.state], ", ".join(row.missing))
        for row in found.rows
    ]
    head = ("", say("Paragraph"), say("Value chain cap"), say("Place"), say("State"), say("Missing"))
    return _table([head, *rows], (4, 24, 46, 15, 18, 60))


def _disclosures(found: Readiness, say: Translate) -> list[str]:
    head = (
        "",
        say("Disclosure"),
        say("State"),
        say("Required"),
        say("Given"),
        say("Missing"),
        say("More"),
        say("Why"),
    )
    rows = [_disclosure(each, say) for each in found.disclosures]
    return _table([head, *rows], (4, 46, 18, 11, 11, 9, 7, 90))


def _disclosure(each: DisclosureStatus, say: Translate) -> tuple[str, ...]:
    counts = (each.required, each.answered, each.missing, each.extra)
    return (each.code, each.title, state_words(say)[each.state], *map(str, counts), each.reason)


def _profiles(found: Readiness, say: Translate) -> list[str]:
    head = (say("Customer"), say("Ready"), say("By weight"), say("Missing inside the cap"), say("Missing beyond"))
    return _table([head, *(_profile(each) for each in found.profiles)], (44, 12, 10, 24, 18))


def _profile(each: ProfileStatus) -> tuple[str, ...]:
    share = "–" if each.share is None else f"{round(100 * each.share)} %"
    missing = [item.inside for item in each.applicable if not item.ready]
    ready = f"{each.ready} / {len(each.applicable)}"
    return (each.name, ready, share, str(sum(place is not False for place in missing)), str(missing.count(False)))


def _gaps(found: Readiness, say: Translate) -> list[str]:
    if not found.gaps:
        return [say("Nothing is missing.")]
    lines = [say("What to get first")]
    for number, gap in enumerate(found.gaps, 1):
        lines += [f"{number:3}. {_gap_place(gap)}{gap.label}", *_wrapped(_gap_words(gap, say), "     ")]
    return lines


def _gap_place(gap: Gap) -> str:
    return f"{gap.disclosure} · "


def _gap_words(gap: Gap, say: Translate) -> str:
    parts = [place_words(say)[gap.inside], say("effort %(level)s", level=effort_words(say)[gap.effort])]
    if gap.asked_by:
        parts.append(say("asked by %(names)s", names=", ".join(gap.asked_by)))
    return f"{'; '.join(parts)}. {gap.effort_reason} {gap.reason}".strip()


def _law(found: Readiness, say: Translate) -> list[str]:
    lines = [say("What the cap says")]
    for remark in (*found.conditions, *found.caveats):
        lines += _wrapped(f"- {remark.text} {certainty(remark, say)}".rstrip(), "  ", first="")
    return lines


def certainty(remark: Remark, say: Translate) -> str:
    """Where a remark stands and how certain it is, in brackets; nothing where neither is said."""
    certain = remark.certainty if remark.verified else say("not verified").upper()
    parts = [part for part in (remark.paragraph, certain) if part]
    return f"[{'; '.join(parts)}]" if parts else ""


def _wrapped(text: str, indent: str, first: str | None = None) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent if first is None else first, subsequent_indent=indent)


def _table(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> list[str]:
    """Columns beside each other, each as wide as it needs and no wider than it may be; the last is not cut."""
    fitting = [[_cut(text, width) for text, width in zip(row[:-1], widths, strict=False)] + [row[-1]] for row in rows]
    used = [max(len(row[column]) for row in fitting) for column in range(len(fitting[0]))]
    return ["  ".join(text.ljust(width) for text, width in zip(row, used, strict=True)).rstrip() for row in fitting]


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


# ── for other programs ───────────────────────────────────────────────────────────────────────────────────────


def readiness_document(found: Readiness) -> dict[str, object]:
    """Readiness as a structure for JSON: states and classes by their names, texts in its language."""
    return {
        "entity": found.entity,
        "period_end": found.period_end.isoformat(),
        "edition": found.edition,
        "why": found.why,
        "language": found.language,
        "cap": {
            "band": found.band,
            "employees": None if found.asked.employees is None else f"{found.asked.employees:f}",
            "full_time_equivalents": found.asked.full_time_equivalents,
            "purpose": found.asked.purpose,
            "financial_year_start": found.asked.financial_year_start and found.asked.financial_year_start.isoformat(),
            "protects": found.protects,
            "protection": found.protection,
            "ready": found.ready,
            "missing": found.missing,
            "rows": list(_rows(found)),
            "held_beyond": [
                {"concept": each.concept, "label": each.label, "disclosure": each.disclosure, "class": each.need}
                for each in found.held
            ],
            "conditions": _remarks(found.conditions),
            "caveats": _remarks(found.caveats),
        },
        "disclosures": [_disclosure_out(each) for each in found.disclosures],
        "profiles": [_profile_out(each) for each in found.profiles],
        "gaps": [_gap_out(rank, gap) for rank, gap in enumerate(found.gaps, 1)],
    }


def _rows(found: Readiness) -> Iterator[dict[str, object]]:
    for row in found.rows:
        yield {
            "row": row.row,
            "disclosure": row.disclosure,
            "paragraph": row.paragraph,
            "wording": row.wording,
            "inside": row.inside,
            "state": row.state.value,
            "missing": list(row.missing),
        }


def _remarks(remarks: Iterable[Remark]) -> list[dict[str, object]]:
    return [
        {"text": each.text, "paragraph": each.paragraph, "verified": each.verified, "certainty": each.certainty}
        for each in remarks
    ]


def _disclosure_out(each: DisclosureStatus) -> dict[str, object]:
    return {
        "disclosure": each.code,
        "title": each.title,
        "module": each.module,
        "state": each.state.value,
        "reason": each.reason,
        "paragraph": each.paragraph,
        "verified": each.verified,
        "required": each.required,
        "reported": each.answered,
        "missing": each.missing,
        "omitted": each.omitted,
        "more": each.extra,
        "datapoints": [_datapoint_out(point) for point in each.datapoints],
    }


def _datapoint_out(point: DatapointStatus) -> dict[str, object]:
    return {
        "concept": point.concept,
        "label": point.label,
        "members": list(point.at),
        "class": point.need,
        "state": point.state.value,
        "reason": point.reason,
        "paragraph": point.paragraph,
        "verified": point.verified,
        "held": point.held,
        "computed": point.computed,
    }


def _profile_out(each: ProfileStatus) -> dict[str, object]:
    return {
        "profile": each.id,
        "name": each.name,
        "purpose": each.purpose,
        "asked": len(each.applicable),
        "ready": each.ready,
        "share": None if each.share is None else f"{each.share:.3f}",
        "items": [
            {
                "name": item.name,
                "label": item.label,
                "weight": item.weight,
                "state": item.state.value,
                "reason": item.reason,
                "inside": item.inside,
                "verified": item.verified,
            }
            for item in each.items
        ],
    }


def _gap_out(rank: int, gap: Gap) -> dict[str, object]:
    return {
        "rank": rank,
        "concept": gap.concept,
        "label": gap.label,
        "disclosure": gap.disclosure,
        "paragraph": gap.paragraph,
        "verified": gap.verified,
        "inside": gap.inside,
        "asked_by": list(gap.asked_by),
        "effort": gap.effort,
        "effort_reason": gap.effort_reason,
        "reason": gap.reason,
    }
