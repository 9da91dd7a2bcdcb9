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
    "declared",  # a side states its transport parameters, whatever they are about
    "initial",  # a side sends a datagram with an Initial packet
    "initial_answered",  # a server drops or acknowledges an Initial packet from a small datagram
    "limited",  # the endpoint sends a datagram to an address that is not validated
    "challenge",  # a side sends PATH_CHALLENGE
    "answer_to_challenge",  # a side sends PATH_RESPONSE
    "bearing",  # the endpoint puts a connection ID into packets on a path where it was not before
    "path",  # the endpoint sends its first 1-RTT packet on a path
    "departure",  # the non-probing packets of the endpoint take another path
    "stay",  # the endpoint leaves a path to which it had moved, or the trace is over
    "stranger",  # a client acknowledges a packet from an address of the server that it does not know
    "reset",  # a stateless reset was sent or has come
    "silence",  # what follows after a stateless reset
    "over",  # the trace is over, for the rules about datagrams and addresses
]
Role: TypeAlias = Literal["issuer", "consumer", "endpoint", "client", "server"]


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
