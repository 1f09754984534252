"""Comments of customers with the score given beside them, and which themes of the codebook their words touch."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from esgreport.measure.customers.answers import NOT_ASKED_OF_CUSTOMERS
from esgreport.measure.customers.customers import Customers
from esgreport.measure.customers.stated import stated


def comments_of(customers: Customers) -> pd.DataFrame:
    """Every text answer and every quote from a talk: `text`, `language`, `account` (-1: none), `day`, `score`.

    `score` is the mean of the scores in the same response, from 0 (worst) to 1; quotes have none.
    """
    frame = customers.tables["responses"]
    usable = frame["value_text"].notna() & ~frame["status"].isin(NOT_ASKED_OF_CUSTOMERS)
    scores = stated(customers, ("nps", "csat", "ces")).groupby("response_id")["better"].mean()
    said = pd.DataFrame(
        {
            "text": frame.loc[usable, "value_text"],
            "language": frame.loc[usable, "language"].astype("object"),
            "account": customers.accounts_of("responses")[usable],
            "day": frame.loc[usable, "collected_at"],
            "score": frame.loc[usable, "response_id"].map(scores).astype("float64"),
        }
    )
    talks = customers.tables["comments"]
    told = talks["quote"].notna()
    quotes = pd.DataFrame(
        {
            "text": talks.loc[told, "quote"],
            "language": None,
            "account": customers.accounts_of("comments")[told],
            "day": talks.loc[told, "date"],
            "score": np.nan,
        }
    )
    return pd.concat([part for part in (said, quotes) if len(part)] or [said], ignore_index=True)


def pattern(terms: Sequence[str]) -> re.Pattern[str]:
    """What finds any of the terms as a whole word; a `*` at the end of one stands for any ending."""
    parts = []
    for term in terms:
        stem = re.sub(r"\s+", r"\\s+", re.escape(term.rstrip("*")).replace("\\ ", " "))
        parts.append(rf"{stem}\w*" if term.endswith("*") else stem)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def touches(comments: pd.DataFrame, themes: pd.DataFrame) -> Mapping[str, npt.NDArray[np.bool_]]:
    """By theme, which comments have one of its terms: those of the comment's language, or all where it is not known."""
    found: dict[str, npt.NDArray[np.bool_]] = {}
    for name, group in themes.dropna(subset=["terms"]).groupby("theme_id", sort=False):
        hit = np.zeros(len(comments), dtype=bool)
        languages = {str(row["language"]): _terms(row["terms"]) for row in group.to_dict("records")}
        every = [term for terms in languages.values() for term in terms]
        for language, at in comments.groupby(comments["language"].fillna(""), sort=False).groups.items():
            terms = languages.get(str(language), every if language == "" or "nan" in languages else [])
            if terms:
                finds = pattern(terms)
                hit[at] = [bool(finds.search(text)) for text in comments.loc[at, "text"]]
        found[str(name)] = hit
    return found


def _terms(text: object) -> list[str]:
    return [term.strip() for term in str(text).split(";") if term.strip(" *")]
