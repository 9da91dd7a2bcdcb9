"""One line of the table of `pathproof verify`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """What was done, whether it came out as it must, and in which figures; `run` is a chart or empty.

    What was not `judged` is told so that nobody takes it for done, and passes.
    """

    job: str
    name: str
    result: str
    figures: str
    seconds: float
    passed: bool
    run: str = ""
    judged: bool = True

    def as_dict(self) -> dict[str, Any]:
        """The row as plain values for JSON.

        >>> Row("explore toy", "defaults", "holds", "15 states", 0.1, True).as_dict()["result"]
        'holds'
        """
        return asdict(self)
