"""All panels about customers from their tables: the one place that knows which there are."""

from __future__ import annotations

from collections.abc import Sequence

from esgreport.customer_metrics import CustomerMetric
from esgreport.customer_panels import CustomerPanels
from esgreport.definitions import Definitions
from esgreport.measure.customers.customers import Customers
from esgreport.measure.customers.drivers import driver_analyses
from esgreport.measure.customers.feedback import feedback_panel
from esgreport.measure.customers.journey import journey_map
from esgreport.measure.customers.panel_desk import Desk
from esgreport.measure.customers.prediction import prediction
from esgreport.measure.customers.predictive import predictive_panel
from esgreport.measure.customers.registers import registers
from esgreport.measure.customers.themes import theme_panel
from esgreport.measure.customers.ticket_scores import with_ticket_scores
from esgreport.measure.customers.values_panel import values_panel
from esgreport.tables import CustomerTables


def customer_panels(
    tables: CustomerTables, definitions: Definitions, metrics: Sequence[CustomerMetric], language: str = "en"
) -> CustomerPanels:
    """Journey, feedback, drivers, themes, predictive service, values; `metrics` are those measured of the same tables.

    Errors: DefinitionError for a text that is not defined.
    """
    panels = definitions.cx_panels
    desk = Desk(Customers(with_ticket_scores(tables), definitions.cx, panels.words), panels, language)
    journey, feedback, prognosis = journey_map(desk), feedback_panel(desk), prediction(desk)
    predictive = predictive_panel(desk, metrics)
    observed = [each.observed for each in predictive.criteria if each.observed]
    known = [*metrics, *journey.figures, *feedback.ledger, *prognosis.figures, *observed]
    return CustomerPanels(
        journey=journey,
        feedback=feedback,
        drivers=driver_analyses(desk),
        prediction=prognosis,
        themes=theme_panel(desk),
        predictive=predictive,
        values=values_panel(desk, known),
        registers=registers(desk),
    )
