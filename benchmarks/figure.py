"""One measured figure and its goal."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A measured value; `goal` is the bound it must keep, above or below."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    better: Literal["higher", "lower"] = "lower"
    note: str = ""

    @property
    def reached(self) -> bool | None:
        """Tell whether the goal is reached; None without a goal."""
        if self.goal is None:
            return None
        return self.value >= self.goal if self.better == "higher" else self.value <= self.goal


class NotMeasuredError(Exception):
    """Something this figure needs is missing; the text says what and how to get it."""
