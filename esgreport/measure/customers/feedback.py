"""The feedback trap as one panel: said and done, accounts, checks, events, surveys, the loop."""

from __future__ import annotations

from esgreport.customer_panels import FeedbackPanel
from esgreport.measure.customers import say_do_loop as loop
from esgreport.measure.customers.panel_desk import Desk
from esgreport.measure.customers.say_do import ledger
from esgreport.measure.customers.say_do_accounts import account_views
from esgreport.measure.customers.say_do_checks import checks, fatigue


def feedback_panel(desk: Desk) -> FeedbackPanel:
    """What customers say held against what they do, and how well we listen and act."""
    marks = loop.events(desk)
    notes = (desk.text("ledger_note"), loop.explained_by_events(desk, marks), loop.moments_without_survey(desk))
    return FeedbackPanel(
        ledger=ledger(desk),
        accounts=account_views(desk),
        checks=checks(desk),
        events=marks,
        surveys=loop.surveys(desk),
        loop=desk.handed_on([*loop.freshness(desk), *fatigue(desk), *loop.loop(desk)]),
        actions=loop.actions(desk),
        notes=tuple(note for note in notes if note),
    )
