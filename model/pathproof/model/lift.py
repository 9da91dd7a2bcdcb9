"""The lift: a plain function becomes the tree of its branches.

The function runs on terms. Whenever it asks for a truth value, the lift answers with the decision that is
next in its plan, or with `true` where the plan has ended, and notes the question. Running it again with the
last answer turned round visits every branch. A question asked twice on one branch has one answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from pathproof.model.terms import TruthTerm

R = TypeVar("R")


@dataclass(frozen=True, eq=False)
class Leaf(Generic[R]):
    """The end of a branch: what the function answered there."""

    value: R


@dataclass(frozen=True, eq=False)
class Branch(Generic[R]):
    """A question the function asked, and what follows from each answer."""

    condition: TruthTerm
    yes: Tree[R]
    no: Tree[R]


Tree = Leaf[R] | Branch[R]
Decision = tuple[TruthTerm, bool]


class TooManyBranches(ValueError):
    """A function with more branches than the lift will follow; its loops belong into the vocabulary."""


class _Guide:
    """Answers the questions of one run and notes them."""

    def __init__(self, plan: list[Decision], given: Iterable[Decision]) -> None:
        self.plan = plan
        self.made: list[Decision] = []
        self.answers: dict[int, bool] = {}
        for atom, answer in given:
            self._note(atom, answer)

    def decide(self, term: TruthTerm) -> bool:
        atom = term.positive
        if id(atom) not in self.answers:
            answer = self.plan[len(self.made)][1] if len(self.made) < len(self.plan) else True
            self.made.append((atom, answer))
            self._note(atom, answer)
        return self.answers[id(atom)] != term.negated

    def _note(self, atom: TruthTerm, answer: bool) -> None:
        self.answers[id(atom)] = answer
        for other, follows in consequences(atom, answer):
            self.answers.setdefault(id(other), follows)


def consequences(atom: TruthTerm, answer: bool) -> Iterator[Decision]:
    """What an answer says about other atoms: names exclude each other, and so do `<`, `=` and `>`.

    This only spares branches that nothing can reach; leaving any of it out would be right as well.
    """
    if atom.op == "is" and answer:
        chosen, place = atom.args
        for other in range(len(chosen.names)):
            if other != place:
                yield TruthTerm.atom("is", chosen, other), False
    elif atom.op == "is" and len(atom.args[0].names) == 2:
        yield TruthTerm.atom("is", atom.args[0], 1 - atom.args[1]), True
    elif atom.op == "eq":
        left, right = atom.args
        yield TruthTerm.atom("eq", right, left), answer
        if answer:
            yield TruthTerm.atom("lt", left, right), False
            yield TruthTerm.atom("lt", right, left), False
    elif atom.op == "lt" and answer:
        left, right = atom.args
        yield TruthTerm.atom("lt", right, left), False
        yield TruthTerm.atom("eq", left, right), False
        yield TruthTerm.atom("eq", right, left), False


def lift(run: Callable[[], R], given: Iterable[Decision] = (), most: int = 100_000) -> Tree[R]:
    """The tree of all branches of `run`, a function of no arguments that computes on terms.

    Answers in `given` are taken as made already. Raises `TooManyBranches` beyond `most` branches.

    >>> from pathproof.model.terms import NumberTerm
    >>> n = NumberTerm.make("n")
    >>> lift(lambda: "big" if n > 3 else "small")
    Branch(condition=lt(3, n), yes=Leaf(value='big'), no=Leaf(value='small'))
    """
    counter = iter(range(most))

    def grow(plan: list[Decision]) -> Tree[R]:
        if next(counter, None) is None:
            raise TooManyBranches(f"more than {most} branches")
        guide = _Guide(plan, given)
        tree: Tree[R] = Leaf(_guided(run, guide))
        for place in range(len(guide.made) - 1, len(plan) - 1, -1):
            atom, _ = guide.made[place]
            tree = Branch(atom, tree, grow([*guide.made[:place], (atom, False)]))
        return tree

    return grow([])


def _guided(run: Callable[[], R], guide: _Guide) -> R:
    outer = TruthTerm.decide
    TruthTerm.decide = guide.decide
    try:
        return run()
    finally:
        TruthTerm.decide = outer


def same(left: Tree[bool], right: Tree[bool]) -> bool:
    """Whether two trees ask the same questions in the same order and come to the same answers.

    >>> from pathproof.model.terms import NumberTerm
    >>> n = NumberTerm.make("n")
    >>> same(lift(lambda: bool(n > 3)), lift(lambda: bool(n > 3)))
    True
    """
    if isinstance(left, Leaf) or isinstance(right, Leaf):
        return isinstance(left, Leaf) and isinstance(right, Leaf) and left.value == right.value
    if left.condition is not right.condition:
        return False
    return same(left.yes, right.yes) and same(left.no, right.no)


def leaves(tree: Tree[R]) -> Iterator[tuple[tuple[Decision, ...], R]]:
    """Every branch as its decisions and what the function answered at its end.

    >>> from pathproof.model.terms import NumberTerm
    >>> n = NumberTerm.make("n")
    >>> [answer for _, answer in leaves(lift(lambda: bool(n > 3 and n < 9)))]
    [True, False, False]
    """
    if isinstance(tree, Leaf):
        yield (), tree.value
        return
    for answer, subtree in ((True, tree.yes), (False, tree.no)):
        for decisions, value in leaves(subtree):
            yield ((tree.condition, answer), *decisions), value
