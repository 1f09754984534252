"""What texts of a questionnaire mean by their words: roles of heads, ticks, years, placeholders; it sees no place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from esgreport.definitions.structure import Phrases, Role, Structure, Tick
from esgreport.questionnaire import AnswerKind
from esgreport.read.questionnaires.matcher import Matcher
from esgreport.read.questionnaires.shown import plain

LONGEST_HEAD = 140
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SPAN_OF_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[/–-]\s*(\d{4}|\d\d)(?!\d)")
_YEARS_BACK = re.compile(r"\b[NY]\s?[-–−]\s?([1-5])\b")
_ENUMERATED = re.compile(r"^\s*(?:\(?[a-z]\)|\(?\d{1,3}[.)]|\d+(?:\.\d+)+\.?|[A-Z]\d+(?:\.\d+)*\.?|[-–•])\s+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LONGEST_TICK = 40
"""Letters of an answer to mark that is given in two languages: `Ja / Yes`."""
_SHORTEST_WITHIN = 3
"""Letters of a phrase that may stand inside a longer text; `x`, `n`, `no` must be all there is."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the head of a column may mean: role and how much of the text says so, a year, an answer to mark."""

    role: Role | None = None
    weight: float = 0.0
    year: int | None = None
    back: int | None = None
    tick: Tick | None = None
    scale: bool = False

    @property
    def says(self) -> bool:
        """Whether it means anything."""
        return self.role is not None or self.year is not None or self.back is not None or self.tick is not None


NOTHING = Reading()


def _pairs(phrases: Phrases, meaning: str) -> list[tuple[str, str]]:
    return [(text, meaning) for text in phrases.all]


class Words:
    """The words of questionnaires, ready to be looked up."""

    def __init__(self, structure: Structure) -> None:
        self._structure = structure

    # ── heads ──

    @cached_property
    def _roles(self) -> Matcher:
        return Matcher(pair for each in self._structure.headings.roles for pair in _pairs(each, each.role))

    @cached_property
    def _rank(self) -> Mapping[str, int]:
        return {each.role: rank for rank, each in enumerate(self._structure.headings.roles)}

    @cached_property
    def _ticks(self) -> Matcher:
        return Matcher(pair for each in self._structure.headings.ticks for pair in _pairs(each, each.tick))

    @cached_property
    def _scales(self) -> Matcher:
        return Matcher(_pairs(self._structure.headings.scales, "scale"))

    @cached_property
    def _figures(self) -> Matcher:
        return Matcher(_pairs(self._structure.headings.figures, "figure"))

    def is_of_figures(self, head: str) -> bool:
        """Whether a head stands over figures."""
        return self._figures.exact(plain(_BRACKETS.sub(" ", head))) is not None

    @cached_property
    def _backs(self) -> Matcher:
        return Matcher(pair for each in self._structure.headings.years for pair in _pairs(each, str(each.back)))

    @cached_property
    def _tongues(self) -> Matcher:
        tongues = self._structure.headings.tongues
        named = {"en": tongues.en, "it": tongues.it, "de": tongues.de, "fr": tongues.fr}
        return Matcher((text, code) for code, texts in named.items() for text in texts)

    @cached_property
    def _readings(self) -> dict[str, Reading]:
        return {}

    def head(self, text: str) -> Reading:
        """What a head may mean; nothing for long texts."""
        if text not in self._readings:
            self._readings[text] = self._read_head(text)
        return self._readings[text]

    def _read_head(self, text: str) -> Reading:
        if not text or len(text) > 3 * LONGEST_HEAD:
            return Reading()
        role, weight = self._role(text)
        whole = plain(text)
        back = self._backs.exact(whole) or (found[1] if (found := _YEARS_BACK.search(text)) else None)
        return Reading(
            role=role,
            weight=weight,
            year=year_in(text) if len(text) <= 40 else None,
            back=int(back) if back else None,
            tick=self.tick(text),
            scale=self._scales.exact(whole) is not None,
        )

    def _role(self, text: str) -> tuple[Role | None, float]:
        best: dict[str, float] = {}
        for variant in dict.fromkeys((text, _BRACKETS.sub(" ", text))):
            words = plain(variant)
            if not words:
                continue
            if exact := self._roles.exact(words):
                best[exact] = max(best.get(exact, 0), 1.0)
            for at, length, meaning in self._roles.found(words, 0 if len(words) > LONGEST_HEAD // 2 else None):
                weight = self._weight(at, length, words, meaning)
                best[meaning] = max(best.get(meaning, 0), weight)
        if not best:
            return None, 0.0
        role = max(best, key=lambda each: (best[each], -self._rank[each]))
        return (role, best[role]) if best[role] >= 0.3 else (None, 0.0)  # type: ignore[return-value]

    def _weight(self, at: int, length: int, words: str, meaning: str) -> float:
        if length < _SHORTEST_WITHIN and length != len(words):
            return 0.0
        share = length / len(words)
        if len(words) > LONGEST_HEAD // 2:
            share = 0.35 if at == 0 else 0.0
        elif at == 0:
            share += 0.15
        if meaning == "customer" and share >= 0.3:
            share += 0.2
        return min(share, 0.99)

    def tick(self, text: str) -> Tick | None:
        """The answer to mark that a text is, such as `Yes` or `nicht zutreffend`."""
        bare = self.without_boxes(text)
        if found := self._ticks.exact(plain(bare)):
            return found  # type: ignore[return-value]
        said = (
            {self._ticks.exact(plain(part)) for part in re.split(r"[/|]", bare)}
            if len(bare) <= _LONGEST_TICK
            else set()
        )
        return said.pop() if len(said) == 1 else None  # type: ignore[return-value]

    def tongue(self, text: str) -> str | None:
        """The language a head names, or says it is the question in."""
        return self._tongues.exact(plain(text))

    # ── cells ──

    @cached_property
    def _placeholders(self) -> Matcher:
        return Matcher(_pairs(self._structure.cells.placeholders, "placeholder"))

    @cached_property
    def _beginnings(self) -> tuple[str, ...]:
        return tuple(plain(text) + " " for text in self._structure.cells.beginnings.all)

    @cached_property
    def _instructions(self) -> tuple[str, ...]:
        return tuple(plain(text) + " " for text in self._structure.cells.instructions.all)

    @cached_property
    def _examples(self) -> Matcher:
        return Matcher(_pairs(self._structure.cells.examples, "example"))

    @cached_property
    def _signatures(self) -> Mapping[str, Matcher]:
        known = self._structure.cells.signatures
        named = {"en": known.en, "it": known.it, "de": known.de, "fr": known.fr}
        return {language: Matcher((text, "signature") for text in texts) for language, texts in named.items()}

    @cached_property
    def _boxes(self) -> re.Pattern[str]:
        return re.compile(f"[{re.escape(self._structure.cells.boxes)}]|\\[ ?\\]|\\( ?\\)|_{{3,}}|\\.{{4,}}")

    def without_boxes(self, text: str) -> str:
        """A text without drawn boxes to tick and lines to write on."""
        return " ".join(self._boxes.sub(" ", text).split())

    def boxes_in(self, text: str) -> int:
        """How many boxes or lines to write on are drawn in a text."""
        return len(self._boxes.findall(text))

    def choices_in(self, text: str) -> list[str]:
        """The words beside the boxes drawn in a text, such as `☐ Ja ☐ Nein`."""
        if self.boxes_in(text) < 2:
            return []
        return [part for part in (piece.strip(" ,;/|–-") for piece in self._boxes.split(text)) if part]

    def is_placeholder(self, text: str) -> bool:
        """Whether a text only holds the place of an answer; boxes to tick with words beside them are more than that."""
        if len(text) > 80 or self.is_unit(text) or (self.boxes_in(text) and self.without_boxes(text)):
            return False
        bare = text.strip("<>[](){}«»*.…_-–— \t")
        words = plain(bare)
        if not words:
            return not any(sign.isalnum() for sign in text) and bool(text)
        framed = text[0] in "<[{" and text[-1] in ">]}"
        if self._placeholders.exact(words) is not None:
            return True
        return framed or (len(text) <= 45 and (words + " ").startswith(self._beginnings))

    def is_example(self, text: str) -> bool:
        """Whether a text says that its row is an example."""
        head = plain(text.partition(":")[0]) if ":" in text else plain(text)
        return len(head) <= 40 and self._examples.exact(head) is not None

    def begins_example(self, text: str) -> bool:
        """Whether a text begins as an example does: `e.g. Plant North`."""
        return self._examples.starts(plain(text))

    @cached_property
    def _deadlines(self) -> Matcher:
        return Matcher(_pairs(self._structure.cells.deadlines, "deadline"))

    def names_deadline(self, text: str) -> bool:
        """Whether a text says until when something is to be done."""
        return bool(self._deadlines.found(plain(text)))

    def is_instruction(self, text: str) -> bool:
        """Whether a text tells how to fill in, and asks nothing."""
        return f"{plain(text)} ".startswith(self._instructions)

    def is_signature(self, text: str, language: str) -> bool:
        """Whether a text in a language asks a person to sign; the same word may name a company in another one."""
        known = self._signatures.get(language)
        return known is not None and known.exact(plain(text)) is not None

    # ── questions ──

    @cached_property
    def _follow_ups(self) -> Matcher:
        return Matcher(_pairs(self._structure.hints.follow_ups, "follow-up"))

    def is_follow_up(self, text: str) -> bool:
        """Whether a text goes on with the question before it: `If yes, …`."""
        return self._follow_ups.starts(plain(_ENUMERATED.sub("", text)))

    @cached_property
    def _parties(self) -> Matcher:
        return Matcher(_pairs(self._structure.hints.parties, "party"))

    def is_party(self, text: str) -> bool:
        """Whether a head stands over the columns of one of several who answer."""
        return self._parties.starts(plain(text))

    def asks(self, text: str) -> bool:
        """Whether a text asks by itself, whatever stands beside it."""
        if text.rstrip().endswith((":", "?", ": *", "*", "…")):
            return True
        words = plain(_ENUMERATED.sub("", text))
        return len(text) <= LONGEST_HEAD and any(begins.starts(words) for _, begins, _ in self._kinds)

    @cached_property
    def _parts(self) -> Matcher:
        return Matcher(_pairs(self._structure.hints.parts, "part"))

    def is_part(self, text: str) -> bool:
        """Whether a text names a part of the figure before it: `of which …`."""
        return self._parts.starts(plain(_ENUMERATED.sub("", text)))

    @cached_property
    def _several(self) -> Matcher:
        return Matcher(_pairs(self._structure.hints.several, "several"))

    def allows_several(self, text: str) -> bool:
        """Whether a text says that more than one option may be picked."""
        return bool(self._several.found(plain(text)))

    @cached_property
    def _one(self) -> Matcher:
        return Matcher(_pairs(self._structure.hints.one, "one"))

    def allows_one(self, text: str) -> bool:
        """Whether a text says that only one option may be picked."""
        return bool(self._one.found(plain(text)))

    @cached_property
    def _year_asked(self) -> re.Pattern[str]:
        before = "|".join(re.escape(text) for text in self._structure.hints.before_year.all)
        return re.compile(rf"(?:^|\b)(?:{before})\s*(20\d\d)\b", re.IGNORECASE)

    def year_asked(self, text: str) -> int | None:
        """The year a question asks for, where it names one and no other."""
        if len(text) > 600 or len(set(_YEAR.findall(text))) != 1:
            return None
        found = self._year_asked.search(text)
        return int(found[1]) if found else None

    def asked_mark(self, head: str) -> str:
        """The word a head wants an option to be marked with: `enter yes` → `yes`; empty where it says none.

        A head that begins with the word, `Yes (tick)`, is what a tick below it means.
        """
        words = re.findall(r"\w+", head)
        ticks = [(word, self._ticks.exact(plain(word))) for word in words if len(word) > 1]
        said = [word for word, tick in ticks if tick == "yes"]
        asked = len(said) == 1 and words[0] != said[0] and not any(tick == "no" for _, tick in ticks)
        return said[0] if asked else ""

    @cached_property
    def _units(self) -> frozenset[str]:
        return frozenset(" ".join(text.casefold().split()) for text in self._structure.units)

    def is_unit(self, text: str) -> bool:
        """Whether a text is a unit, in brackets or not."""
        bare = " ".join(text.strip("[]() ").casefold().split())
        return bare in self._units

    def unit_in(self, text: str) -> str:
        """The unit a question names: in brackets, after `in`, or at its end after a comma; empty for none."""
        for inside in reversed(re.findall(r"[(\[]([^()\[\]]{1,40})[)\]]", text)):
            for part in dict.fromkeys((inside, *re.split(r"[,;]| in ", inside), inside.removeprefix("in "))):
                if self.is_unit(part) and not part.strip().isdigit():
                    return str(part).strip()
        tail: re.Match[str] | None = re.search(r"(?:,| in| en) ([^\s,]+(?: [^\s,]+){0,3}?)$", text.rstrip(" ?:.*"))
        named = str(tail[1]) if tail else ""
        return named if self.is_unit(named) and named.casefold() not in _NO_TAIL else ""

    @cached_property
    def _kinds(self) -> tuple[tuple[AnswerKind, Matcher, Matcher], ...]:
        return tuple(
            (each.kind, Matcher(_pairs(each.begins, "begins")), Matcher(_pairs(each.within, "within")))
            for each in self._structure.kinds
        )

    @cached_property
    def _sorts(self) -> Matcher:
        return Matcher(pair for each in self._structure.sorts for pair in _pairs(each, each.kind))

    def sort(self, text: str) -> AnswerKind | None:
        """The kind of answer an "answer type" names, such as `numeric` or `Ja/Nein`."""
        if self.is_unit(text):
            return "number"
        found = self._sorts.found(plain(text))
        return found[0][2] if found else None  # type: ignore[return-value]

    def kind(self, text: str) -> AnswerKind | None:
        """The kind of answer a question wants by its words."""
        words = plain(_ENUMERATED.sub("", text))
        for kind, begins, _ in self._kinds:
            if begins.starts(words):
                return kind
        return next((kind for kind, _, within in self._kinds if within.found(words)), None)


_NO_TAIL = frozenset(
    ("people", "persone", "personen", "number", "to", "t", "l", "h", "g", "q", "years", "days", "months")
)


@lru_cache(maxsize=4096)
def year_in(text: str) -> int | None:
    """The year a short text names, the later one of a span."""
    if span := _SPAN_OF_YEARS.search(text):
        first, last = span.groups()
        return int(last if len(last) == 4 else first[:2] + last)
    years = _YEAR.findall(text)
    return int(years[-1]) if years else None
