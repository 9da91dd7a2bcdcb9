"""The rules of the judge: small functions, each registered with the moment it looks at and its clauses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, TypeVar

from pathproof.model.machine import first_line
from pathproof.spec.clauses import clause as clause_record

Moment: TypeAlias = Literal[
    "parameters",  # a side states its transport parameters
    "offer",  # an issuer sends NEW_CONNECTION_ID
    "receipt",  # a consumer processes NEW_CONNECTION_ID
    "retirement",  # a consumer sends RETIRE_CONNECTION_ID
    "notice",  # an issuer processes RETIRE_CONNECTION_ID
    "answer",  # the endpoint sends its first packet after a repeated frame
    "use",  # a consumer sends a 1-RTT packet under a connection ID
    "end",  # the trace is over
]
Role: TypeAlias = Literal["issuer", "consumer"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing the judge looks for.

    `role` is the side the rule binds, `clauses` what it decides, `readings` the named readings of the text
    that change its answer.
    """

    name: str
    moment: Moment
    role: Role
    clauses: tuple[str, ...]
    readings: tuple[str, ...]
    function: Callable[..., None]

    @property
    def says(self) -> str:
        """One line of description: the first of the function's docstring."""
        return first_line(self.function)


F = TypeVar("F", bound=Callable[..., None])
RULES: dict[Moment, list[Rule]] = {}


def rule(moment: Moment, role: Role, *clauses: str, readings: tuple[str, ...] = ()) -> Callable[[F], F]:
    """Register the decorated function. Raises `KeyError` for a clause that has no record."""
    for clause in clauses:
        clause_record(clause)

    def register(function: F) -> F:
        """Keep the function as it is, and a rule beside it."""
        found = Rule(function.__name__, moment, role, clauses, readings, function)
        RULES.setdefault(moment, []).append(found)
        return function

    return register


def apply(moment: Moment, *arguments: Any) -> None:
    """Let every rule of one moment look at what happened."""
    for found in RULES.get(moment, ()):
        found.function(*arguments)


def registered() -> tuple[Rule, ...]:
    """Return every rule registered so far, in the order of the moments of a connection."""
    return tuple(found for rules in RULES.values() for found in rules)
