"""What a scenario expects: a claim about what was seen, the clauses behind it, and how it is checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pathproof.conformance.scenarios.engine.seen import Seen


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a claim held, and what shows it."""

    held: bool
    evidence: str


@dataclass(frozen=True, slots=True)
class Expectation:
    """A claim in words, ids of the clauses that it follows from, and the function that checks it."""

    claim: str
    clauses: tuple[str, ...]
    check: Callable[[Seen], Answer]


def expect(claim: str, *clauses: str) -> Callable[[Callable[[Seen], Answer]], Expectation]:
    """Make a function that checks into an expectation; clauses are without their document if it is RFC 9000.

    >>> expect("all is well", "9.3-02")(lambda seen: Answer(True, "it is")).clauses
    ('RFC9000-9.3-02',)
    """

    def made(check: Callable[[Seen], Answer]) -> Expectation:
        return Expectation(claim, tuple(map(_whole, clauses)), check)

    return made


def _whole(clause: str) -> str:
    return f"RFC9000-{clause}" if clause[0].isdigit() else clause


def _judge_finds_nothing(seen: Seen) -> Answer:
    judged = seen.judged
    if judged.breaches:
        return Answer(False, "; ".join(judged.breaches[:3]))
    return Answer(judged.packets > 0, f"{judged.packets} packets, {judged.kept} clauses kept, none violated")


JUDGE = Expectation("The judge finds no clause violated at any end", (), _judge_finds_nothing)
"""Part of every scenario: its rules name their clauses themselves."""
