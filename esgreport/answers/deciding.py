"""What becomes of one question: answered, left to a person, withheld, not ours; first what a person decided counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from esgreport.answers.asking import Asking
from esgreport.answers.having import canonical
from esgreport.answers.listing import SURE, Listed, listed
from esgreport.answers.preparing import Prepared, prepared
from esgreport.answers.saying import quantity_text
from esgreport.answers.wording import doubt_text, gate_or_doubt
from esgreport.assessment import CapVerdict, DatapointStatus, State
from esgreport.definitions.answering import AnswerSettings, folded
from esgreport.definitions.targets import OfCustomers, OfFact, OfProfile, OneOf, metrics_of_target
from esgreport.model import Source
from esgreport.numerals import typed_number
from esgreport.questionnaire import Answer, AnswerState, AnswerValue, Candidate, Match, Question, Suggestion
from esgreport.texts import translator


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what it asks for and what became of the one it hangs on."""

    asking: Asking
    match: Match
    parent: Answer | None = None

    @property
    def question(self) -> Question:
        """The question."""
        return self.asking.question

    @property
    def settings(self) -> AnswerSettings:
        """The thresholds."""
        return self.asking.answering.settings

    def proposals(self) -> tuple[tuple[Candidate, Prepared], ...]:
        """What each candidate would answer, best first; several figures that may be meant stand one by one."""
        if listing := self._listed():
            return ((Candidate(listing.prepared.target.id, SURE), listing.prepared),)
        found: list[tuple[Candidate, Prepared]] = []
        for candidate in self.match.candidates:
            if len(found) >= self.settings.suggestions:
                break
            found += ((each, self._prepared(each)) for each in self._each(candidate))
        return tuple(found)

    def _each(self, candidate: Candidate) -> Sequence[Candidate]:
        target = self.asking.material.target(candidate)
        if not isinstance(target.how, OneOf):
            return (candidate,)
        whole = self._prepared(candidate)
        if whole.doubt != "several_possible":
            return (candidate,)
        return (candidate, *(replace(candidate, target=item.concept) for item in target.how.operands))

    def answer(self) -> Answer:
        """The answer nobody has decided yet."""
        if self._needs_none():
            return self._said(AnswerState.NOT_APPLICABLE, self._say("The question it hangs on is answered no."))
        if listing := self._listed():
            return self._of_list(listing)
        if not self.match.candidates or self._not_ours(self.match.candidates[0]):
            said = self._said(AnswerState.NOT_OURS, self._say("It asks for nothing we report."))
            return self._offering(replace(said, cap=self.asking.material.verdicts.get("")))
        return self._matched(self.match.candidates[0])

    def _matched(self, best: Candidate) -> Answer:
        """What becomes of a question that most probably asks for something we know."""
        proposal, confidence = self._prepared(best), self._confidence(best)
        answer = self._of(proposal, confidence)
        doubt = self._doubt(best, proposal, confidence)
        if doubt:
            return self._offering(replace(_unsaid(answer), state=AnswerState.NEEDS_REVIEW, why=doubt))
        if proposal.holding is None:
            return self._offering(self._missing(proposal, answer))
        if answer.cap and answer.cap.may_decline:
            return self._offering(
                replace(_unsaid(answer), state=AnswerState.WITHHELD, why=self._say("It is above the cap."))
            )
        return answer

    def _listed(self) -> Listed | None:
        return listed(self.asking) if self.question.columns else None

    def _of_list(self, listing: Listed) -> Answer:
        """A list filled in row by row, where all its columns are known and there is room."""
        answer = replace(self._of(listing.prepared, SURE), cells=listing.cells)
        doubt = listing.prepared.doubt
        if not doubt and not (answer.cap and answer.cap.may_decline):
            return answer
        offered = replace(_unsaid(answer), suggestions=self.suggestions(self.proposals()))
        if doubt:
            return replace(offered, state=AnswerState.NEEDS_REVIEW, why=doubt_text(doubt, self.asking))
        return replace(offered, state=AnswerState.WITHHELD, why=self._say("It is above the cap."))

    def doubted(self, code: str, answer: Answer) -> Answer:
        """An answer left to a person after all."""
        why = doubt_text(code, self.asking)
        return self._offering(replace(_unsaid(answer), state=AnswerState.NEEDS_REVIEW, why=why))

    def _prepared(self, candidate: Candidate) -> Prepared:
        return prepared(self.asking.material.target(candidate), self.asking)

    def _offering(self, answer: Answer) -> Answer:
        """The answer with the best few things it may be."""
        return replace(answer, suggestions=self.suggestions(self.proposals()))

    def _say(self, message: str, **values: object) -> str:
        return translator(self.asking.language)(message, **values)

    def _said(self, state: AnswerState, why: str) -> Answer:
        return Answer(self.question, state, why)

    def _needs_none(self) -> bool:
        """Whether it is a follow-up for those who said yes, and we said no."""
        if self.parent is None or self.parent.value is not False or self.parent.state is not AnswerState.ANSWERED:
            return False
        text = f"{folded(self.question.text)} "
        phrases = (phrase for words in self.asking.answering.words.if_yes.values() for phrase in words)
        return any(text.startswith(f"{folded(phrase)} ") for phrase in phrases)

    def _not_ours(self, best: Candidate) -> bool:
        return self.match.nothing >= self.settings.not_ours_at and best.probability < self.settings.fill_at

    def _confidence(self, best: Candidate) -> Decimal:
        """The probability of what is asked, never above that of the question this one hangs on."""
        if self.parent is None or self.parent.confidence is None:
            return best.probability
        return min(best.probability, self.parent.confidence)

    def _doubt(self, best: Candidate, proposal: Prepared, confidence: Decimal) -> str:
        """Why a person must look, in words; empty where nobody need."""
        if self.match.gates:
            return gate_or_doubt(self.match.gates, self.asking)
        code = ""
        if confidence < self.settings.fill_at:
            code = "unsure" if best.probability < self.settings.fill_at else "follow_up"
        elif proposal.holding is None and isinstance(proposal.target.how, OfProfile):
            return self._say("The workbook does not hold it: a person says it once, and it is remembered.")
        return doubt_text(code or proposal.doubt, self.asking) if code or proposal.doubt else ""

    # ── what is said ──

    def _of(self, proposal: Prepared, confidence: Decimal) -> Answer:
        zero = isinstance(proposal.value, Decimal) and not proposal.value
        holding = proposal.holding
        return Answer(
            question=self.question,
            state=AnswerState.ZERO if zero else AnswerState.ANSWERED,
            why=self._say("%(label)s, as reported.", label=proposal.label),
            target=proposal.target.id,
            concepts=proposal.concepts,
            value=proposal.value,
            shown=proposal.shown,
            unit=proposal.unit,
            picked=tuple(option.text for option in proposal.picked),
            period=holding.period if holding else None,
            remark=proposal.remark,
            confidence=confidence,
            evidence=self._evidence(proposal),
            cap=self._cap(proposal),
            ours=canonical(holding) if holding else "",
        )

    def _evidence(self, proposal: Prepared) -> tuple[Source, ...]:
        """The cells it stands on; the file alone where it names none."""
        if proposal.holding is None:
            return ()
        return proposal.holding.sources or tuple(Source(file) for file in self.asking.material.filing.workbooks)

    def _missing(self, proposal: Prepared, answer: Answer) -> Answer:
        """Why there is nothing to say: it was left out as sensitive, does not apply, or nobody keeps it."""
        if isinstance(proposal.target.how, OfCustomers):
            return self._without_customers(proposal.target.how, answer)
        fate, reason = self._fate(proposal)
        state = _FATES.get(fate, AnswerState.NOT_TRACKED)
        if fate in (State.VOLUNTARY, State.NOT_ASKED, State.MISSING):
            reason = ""  # why the standard does not ask for it is no reason for a customer
        words = {
            AnswerState.WITHHELD: self._say("It was left out as classified or sensitive."),
            AnswerState.NOT_APPLICABLE: self._say("It does not apply to us."),
            AnswerState.NOT_TRACKED: self._say("We do not report it yet."),
            AnswerState.NEEDS_REVIEW: doubt_text("unchanged" if fate is State.UNCHANGED else "unfit", self.asking),
        }
        why = " ".join(dict.fromkeys(filter(None, (words[state], reason))))
        remark = self._in_form("Not applicable.") if state is AnswerState.NOT_APPLICABLE else ""
        if remark and self.asking.form_language in self.asking.material.statuses:
            status = self.asking.material.status(proposal.concepts[0], self.asking.form_language)
            remark = f"{remark} {status.reason}" if status else remark
        return replace(_unsaid(answer), state=state, why=why, remark=remark)

    def _without_customers(self, how: OfCustomers, answer: Answer) -> Answer:
        """Why there is no figure on customers: their data were not given, or are too few or none for it."""
        customers = self.asking.material.customers
        if not customers:
            why = self._say("Customers’ data were not given: name their workbook after ours, with --from.")
            return self._offering(replace(_unsaid(answer), state=AnswerState.NEEDS_REVIEW, why=why))
        reasons = (each.reason for code in how.metrics for each in customers if each.metric == code and each.reason)
        why = next(reasons, "") or self._say("We do not report it yet.")
        return replace(_unsaid(answer), state=AnswerState.NOT_TRACKED, why=why)

    def _in_form(self, message: str) -> str:
        return translator(self.asking.form_language)(message)

    def _fate(self, proposal: Prepared) -> tuple[State, str]:
        """What became of the concepts it stands on, with the reason.

        Of several the first counts as reported, where it is: then what we report does not give the answer.
        """
        known = [self.asking.material.status(name, self.asking.language) for name in proposal.concepts]
        found = [status for status in known if status is not None]
        if not found:
            return State.MISSING, ""
        first = found[0]
        if len(found) == 1 or first.answered or first.state is State.OMITTED:
            return self._of_status(first)
        everywhere = all(status.state is first.state for status in found)
        return self._of_status(first) if everywhere else (State.MISSING, "")

    def _of_status(self, status: DatapointStatus) -> tuple[State, str]:
        """Not applicable only where facts of the company say so; what the standard does not ask may well apply."""
        presumed = status.state is State.NOT_APPLICABLE and status.ruled_out_by not in self.settings.not_applicable_by
        return (State.MISSING, "") if presumed else (status.state, status.reason)

    def _cap(self, proposal: Prepared) -> CapVerdict | None:
        """The verdict on what is asked: the figure's own, else the strictest of the concepts it stands on."""
        verdicts = self.asking.material.verdicts
        target = proposal.target
        if isinstance(target.how, OfProfile) and target.id.startswith("profile:"):
            return None
        own = next((verdicts[name] for name in metrics_of_target(target.how) if name in verdicts), None)
        found = [verdicts[name] for name in proposal.concepts if name in verdicts]
        if own and not isinstance(target.how, OfFact):
            return own
        return min(found, key=_strictness) if found else verdicts.get("")

    def suggestions(self, proposals: Sequence[tuple[Candidate, Prepared]]) -> tuple[Suggestion, ...]:
        """The best few, each with what it would answer and why a person must look."""
        return tuple(
            Suggestion(
                target=proposal.target.id,
                label=proposal.label,
                probability=candidate.probability,
                value=proposal.value,
                shown=proposal.shown,
                unit=proposal.unit,
                evidence=self._evidence(proposal),
                doubt=doubt_text(proposal.doubt, self.asking) if proposal.doubt else "",
            )
            for candidate, proposal in proposals[: self.settings.suggestions]
        )

    def taken(self, target: str, number: int) -> Answer | None:
        """The answer of the suggestion a person took, by its target or its number; None where there is none such."""
        proposals = self.proposals()
        named = [proposal for candidate, proposal in proposals if proposal.target.id == target]
        if not named and 1 <= number <= len(proposals) and not target:
            named = [proposals[number - 1][1]]
        if not named and self._known(target):
            named = [prepared(self.asking.material.target(Candidate(target, Decimal(1))), self.asking)]
        if not named or named[0].holding is None:
            return None
        taken = self._of(named[0], Decimal(1))
        if (listing := self._listed()) and listing.prepared.target.id == taken.target:
            return replace(taken, cells=listing.cells)
        # A figure in another unit than the form's says so itself: as a bare number it would be read in the form's.
        return replace(taken, value=taken.shown, unit="") if named[0].doubt in _OF_UNITS else taken

    @property
    def best(self) -> str:
        """The target that is most probably asked for; empty where nothing is."""
        return self.match.candidates[0].target if self.match.candidates else ""

    def typed(self, value: AnswerValue) -> tuple[AnswerValue, str]:
        """What a person typed, with its unit: 52 is 52 % where per cent are asked for, a text may be a number."""
        asked = self.asking.unit
        percent = bool(asked and asked.measure and asked.measure.percent)
        if isinstance(value, str) and self.question.kind == "number":
            number = typed_number(value, "point" if self.asking.form_language == "en" else "comma")
            if number and len(number.readings) == 1:
                return (number.readings[0], "%") if number.percent else self.typed(number.readings[0])
        if isinstance(value, Decimal) and percent:
            return value / 100, "%"
        return value, asked.measure.symbol if asked and asked.measure and isinstance(value, Decimal) else ""

    def shown(self, value: AnswerValue, unit: str) -> str:
        """What a person said, as the form reads it."""
        language = self.asking.form_language
        if isinstance(value, bool):
            return self.asking.answering.word("yes" if value else "no", language)
        if isinstance(value, Decimal):
            return quantity_text(value, "" if unit == "%" else unit, language, percent=unit == "%")
        return "; ".join(value) if isinstance(value, tuple) else str(value or "")

    def _known(self, target: str) -> bool:
        definitions = self.asking.material.definitions
        return target in definitions.targets or target in definitions.concepts


_OF_UNITS = ("unit_unknown", "unit_other", "currency")
_FATES: Mapping[State, AnswerState] = {
    State.OMITTED: AnswerState.WITHHELD,
    State.NOT_APPLICABLE: AnswerState.NOT_APPLICABLE,
    State.UNCHANGED: AnswerState.NEEDS_REVIEW,
    State.REPORTED: AnswerState.NEEDS_REVIEW,
}


def _unsaid(answer: Answer) -> Answer:
    """The answer without anything that is said."""
    return replace(answer, value=None, shown="", unit="", picked=(), remark="", evidence=(), cells=(), ours="")


def _strictness(verdict: CapVerdict) -> int:
    return {False: 0, None: 1, True: 2}[verdict.inside]
