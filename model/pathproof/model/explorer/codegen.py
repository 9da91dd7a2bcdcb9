"""A machine as compiled code: each action instance and claim is one loop over a block of states.

A loop reads as many states at a time as the processor has lanes, computes all successors at once and writes
those whose guard holds, closed up, behind those of the instance before. What the code cannot go on from (a
violated claim, a value that its field cannot hold) is noted as the index of the first such state; which claim
or field it is, the executed engine finds out from that state.

`info` holds, in this order: the index of the first troubled state (`NO_TROUBLE` for none), one flag for each
witness that was reached, and for each action instance how many transitions it made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pathproof.model.explorer import loops
from pathproof.model.explorer.branches import effect, holds, written
from pathproof.model.explorer.layout import Layout
from pathproof.model.explorer.orbits import Orbits
from pathproof.model.explorer.places import Place
from pathproof.model.explorer.reductions import Reductions
from pathproof.model.explorer.straight import Operand, Straight, Truth
from pathproof.model.explorer.words import Words
from pathproof.model.lift import Tree
from pathproof.model.machine import Action, Claim, Machine, NormalForm, instances
from pathproof.model.symbolic import Outcome, lift_action, lift_claim, open_state

NO_TROUBLE = 1 << 62
Instance = tuple[Action, dict[str, int]]


class Generator:
    """Writes the LLVM module of one machine under some parameters.

    `checked` says whether some set or table on the way to a value may not be held. With reductions, what an
    action leads to is reduced after the claims about the step are checked.
    """

    def __init__(
        self, layout: Layout, claims: Iterable[Claim], lanes: int, reductions: Reductions | None = None
    ) -> None:
        self.reductions = reductions
        self.layout = layout
        self.machine: Machine = layout.machine
        self.lanes = lanes
        self.claims = list(claims)
        self.witnesses = [claim for claim in self.claims if claim.sort == "sometimes"]
        self.instances: list[Instance] = [
            (action, arguments)
            for action in self.machine.actions.values()
            for arguments in instances(action, layout.parameters)
        ]
        self.checked = False
        self.state = open_state(self.machine)
        self.after = open_state(self.machine, "after.")

    @property
    def info_size(self) -> int:
        """How many numbers `info` holds."""
        return 1 + len(self.witnesses) + len(self.instances)

    def module(self) -> str:
        """The text of the module."""
        parts = [loops.declarations(self.lanes), self._always()]
        parts += [self._witness(place, claim) for place, claim in enumerate(self.witnesses)]
        parts += [self._instance(place, *instance) for place, instance in enumerate(self.instances)]
        return "\n".join([*parts, loops.look(len(self.witnesses)), loops.expand(len(self.instances))])

    def _code(self) -> Straight:
        return Straight(self.lanes, self.layout.words)

    def _words(self, code: Straight) -> Words:
        return Words(code, self._fields(loops.before(code)))

    def _fields(self, words: Sequence[Operand], prefix: str = "") -> dict[str, tuple[Operand, Place]]:
        """In which word each variable lives."""
        return {prefix + name: (words[place.word], place) for name, place in self.layout.places.items()}

    def _conjunction(self, words: Words, claim: Claim, *states: Any) -> tuple[Truth, Truth]:
        """Where a claim holds whatever its arguments are, and where a value could not be held."""
        held: Truth = True
        bad: Truth = False
        for arguments in instances(claim, self.layout.parameters):
            tree = lift_claim(claim, *states, self.layout.parameters, **arguments)
            one, one_bad = holds(words, tree)
            held, bad = words.code.both(held, one), words.code.either(bad, one_bad)
        self.checked = self.checked or words.checked
        return held, bad

    def _instance(self, place: int, action: Action, arguments: dict[str, int]) -> str:
        code = self._code()
        words = self._words(code)
        tree = lift_action(action, self.state, self.layout.parameters, arguments)
        done = effect(words, tree)
        after = written(words, loops.before(code), done.writes)
        trouble = done.bad
        for claim in self._of("step"):
            relation = Words(code, {**words.fields, **self._fields(after, "after.")})
            held, bad = self._conjunction(relation, claim, self.state, self.after)
            trouble = code.either(trouble, code.either(bad, code.both(done.enabled, code.negate(held))))
        after, bad = self._reduced(code, after)
        trouble = code.either(trouble, code.both(done.enabled, bad))
        self.checked = self.checked or words.checked
        counter = 1 + len(self.witnesses) + place
        return loops.instance(code, f"instance_{place}", counter, done.enabled, after, trouble)

    def _reduced(self, code: Straight, after: list[Operand]) -> tuple[list[Operand], Truth]:
        """The words of what is kept of a state, and where a value on the way could not be held."""
        bad: Truth = False
        if self.reductions is None:
            return after, bad
        for form in self.machine.normal_forms.values():
            words = Words(code, self._fields(after))
            done = effect(words, _lifted(form, self.state, self.layout.parameters))
            after, bad = written(words, after, done.writes), code.either(bad, done.bad)
            self.checked = self.checked or words.checked
        orbits = Orbits(self.machine.domains(), self.layout.places, self.reductions.groups)
        return orbits.smallest(code, after), bad

    def _of(self, sort: str) -> list[Claim]:
        return [claim for claim in self.claims if claim.sort == sort]

    def _always(self) -> str:
        code = self._code()
        words = self._words(code)
        trouble: Truth = False
        for claim in self._of("always"):
            held, bad = self._conjunction(words, claim, self.state)
            trouble = code.either(trouble, code.either(bad, code.negate(held)))
        return loops.always(code, trouble)

    def _witness(self, place: int, claim: Claim) -> str:
        code = self._code()
        words = self._words(code)
        seen: Truth = False
        for arguments in instances(claim, self.layout.parameters):
            tree = lift_claim(claim, self.state, self.layout.parameters, **arguments)
            seen = code.either(seen, holds(words, tree)[0])
        return loops.witness(code, f"witness_{place}", 1 + place, seen)


def _lifted(form: NormalForm, state: Any, parameters: Any) -> Tree[Outcome]:
    """The branches of a normal form, as if it were an action that is always enabled."""

    def always(state: Any, parameters: Any) -> bool:
        form.function(state, parameters)
        return True

    return lift_action(Action(form.name, always, "environment", "", form.cites, {}), state, parameters, {})
