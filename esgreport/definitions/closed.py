"""The base of the definitions that pydantic both checks and holds; it describes nothing itself."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Closed(BaseModel):
    """A definition: a key it does not know is refused, and it does not change once loaded."""

    model_config = ConfigDict(extra="forbid", frozen=True)
