"""The four engines behind one question: what does this action do in this state?

Each answers with the state after the action in one plain form, or None where the action is not enabled.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import z3

from pathproof.model import execute
from pathproof.model.domains import Choice, SetOf, TableOf
from pathproof.model.explorer.codegen import NO_TROUBLE
from pathproof.model.explorer.compiled import Compiled
from pathproof.model.explorer.layout import RangeError
from pathproof.model.explorer.states import packed, repeated
from pathproof.model.intervals import IntervalNumbers
from pathproof.model.lift import Branch, Tree
from pathproof.model.machine import Action, Machine, instances
from pathproof.model.machines import find
from pathproof.model.plain import PlainNumbers, PlainTable
from pathproof.model.symbolic import Outcome, lift_action, open_parameters, open_state
from pathproof.proofs.bounded import BoundedEncoder
from pathproof.proofs.obligations import named
from pathproof.proofs.prove import proved_machines

Plain = dict[str, Any]
TRIES = 12
"""Instances of an action that are tried on a walk."""
OUT_OF_RANGE: Plain = {"out of range": True}


@dataclass(frozen=True)
class Question:
    """An action with arguments, in a state, under parameters."""

    machine: Machine
    action: Action
    parameters: Any
    state: Any
    arguments: Mapping[str, int]


def plain(state: Any) -> Plain:
    """A state as numbers, names, sorted tuples and dictionaries, whatever engine it comes from."""
    return {name: _plain(value) for name, value in vars(state).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, PlainNumbers):
        return tuple(sorted(value.members))
    if isinstance(value, IntervalNumbers):
        return tuple(number for low, high in value.spans for number in range(low, high))
    return value.entries if isinstance(value, PlainTable) else value


def executed(question: Question) -> Plain | None:
    """CPython over built-in sets."""
    after = execute.step(question.action, question.state, question.parameters, dict(question.arguments))
    return None if after is None else plain(after)


def followed(question: Question) -> Plain | None:
    """CPython over intervals."""
    after = copy.copy(question.state)
    for name, value in vars(after).items():
        if isinstance(value, PlainNumbers):
            setattr(after, name, IntervalNumbers((n, n + 1) for n in value.members))
    enabled = question.action.function(after, question.parameters, **question.arguments)
    return plain(after) if enabled else None


@cache
def compiled(machine_name: str, parameters: Any) -> Compiled:
    """The machine as native code; compiling takes seconds, so once for each choice of parameters."""
    return Compiled(find(machine_name), parameters, claims=(), haste=True)


def explored(question: Question) -> Plain | None:
    """Native code over packed words; `OUT_OF_RANGE` where it refuses to write what a field cannot hold."""
    code = compiled(question.machine.name, question.parameters)
    place = code.instances.index((question.action, dict(question.arguments)))
    words = code.layout.words
    states, out = (
        repeated(code.layout.pack(question.state), words, code.lanes),
        repeated(0, words, code.lanes),
    )
    alive, info = np.zeros(1, np.uint8), code.fresh_info()
    arrays = (states.ctypes.data, 1, out.ctypes.data, 0, alive.ctypes.data, info.ctypes.data)
    made = code._steps[place](*arrays)
    if info[0] != NO_TROUBLE:
        return OUT_OF_RANGE
    return plain(code.layout.unpack(packed(out[0]))) if made else None


def fits(question: Question, after: Plain | None) -> bool:
    """Whether each value is within its field's domain; a step from an unreachable state may leave it."""
    layout = compiled(question.machine.name, question.parameters).layout
    try:
        layout.pack(question.state if after is None else question.machine.state(**carried(after)))
    except RangeError:
        return False
    return True


def is_checked(question: Question) -> bool:
    """Whether native code checks that it can hold what is on the way to a value."""
    return compiled(question.machine.name, question.parameters).checked


def carried(values: Plain) -> Plain:
    """The plain form as what the executed engine holds."""
    kinds = {tuple: PlainNumbers, dict: PlainTable}
    return {name: kinds.get(type(value), lambda same: same)(value) for name, value in values.items()}


def universe(machine: Machine, parameters: Any) -> int:
    """How many numbers a small universe needs, for every set and every key of a table."""
    ranged = [
        domain.members if isinstance(domain, SetOf) else domain.keys
        for domain in machine.domains().values()
        if isinstance(domain, SetOf | TableOf)
    ]
    return max((one.highest(vars(parameters)) for one in ranged), default=0) + 2


def proved(question: Question) -> Plain | None:
    """Z3 over the lifted terms: the one branch whose condition holds, and the values it gives."""
    size = universe(question.machine, question.parameters)
    encoder = BoundedEncoder(size)
    arguments = named("a", question.action.arguments)
    model = model_of(question, encoder, arguments, size)
    taken = lifted(question.machine.name, question.action.name, _opened(question))
    while isinstance(taken, Branch):
        answer = z3.is_true(model.eval(encoder.truth(taken.condition), True))
        taken = taken.yes if answer else taken.no
    if not taken.value.enabled:
        return None
    domains = question.machine.domains()
    updates = {
        name: _evaluated(encoder, model, value, domains[name]) for name, value in taken.value.updates.items()
    }
    return {**plain(question.state), **updates}


def _opened(question: Question) -> Any:
    """The parameters to lift under: open ones where proofs are asked of the machine, for they take long."""
    return None if question.machine.name in proved_machines() else question.parameters


@cache
def lifted(machine_name: str, action_name: str, parameters: Any) -> Tree[Outcome]:
    """The branches of an action from an open state, under these parameters or (None) under open ones."""
    machine = find(machine_name)
    action = machine.actions[action_name]
    chosen = open_parameters(machine) if parameters is None else parameters
    return lift_action(action, open_state(machine), chosen, named("a", action.arguments))


def model_of(
    question: Question, encoder: BoundedEncoder, arguments: dict[str, Any], size: int
) -> z3.ModelRef:
    """A model in which every variable has the value that the question gives it."""
    solver = z3.Solver()
    terms = open_state(question.machine)
    for name, domain in question.machine.domains().items():
        term, value = getattr(terms, name), getattr(question.state, name)
        if isinstance(domain, SetOf):
            solver.add(*(encoder.member(term, n) == (n.as_long() in value.members) for n in encoder.universe))
        elif isinstance(domain, TableOf):
            solver.add(*(encoder.entry(term, n) == value._get(n.as_long()) for n in encoder.universe))
        else:
            place = domain.names.index(value) if isinstance(domain, Choice) else value
            solver.add(z3.Int(name) == place)
    for name, field in question.machine.parameters.__dataclass_fields__.items():
        chosen, value = field.metadata.get("domain"), getattr(question.parameters, name)
        solver.add(z3.Int(f"p.{name}") == (chosen.names.index(value) if chosen else value))
    for name, term in arguments.items():
        solver.add(encoder.number(term) == question.arguments[name])
    assert solver.check() == z3.sat
    return solver.model()


def _evaluated(encoder: BoundedEncoder, model: z3.ModelRef, value: Any, domain: Any) -> Any:
    def number(term: z3.ArithRef) -> int:
        return int(model.eval(term, model_completion=True).as_long())

    if isinstance(value, str):
        return value
    if isinstance(domain, Choice):
        return domain.names[number(encoder.choice(value))]
    if isinstance(domain, SetOf):
        inside = (n for n in encoder.universe if z3.is_true(model.eval(encoder.member(value, n), True)))
        return tuple(number(n) for n in inside)
    if isinstance(domain, TableOf):
        entries = {number(n): number(encoder.entry(value, n)) for n in encoder.universe}
        return PlainTable(entries).entries
    return number(encoder.number(value))


ENGINES: dict[str, Callable[[Question], Plain | None]] = {
    "executed": executed,
    "followed": followed,
    "explored": explored,
    "proved": proved,
}


def question(machine: Machine, parameters: Any, seed: int, about: Action | None = None) -> Question:
    """An action, the given one if there is one, with arguments in a state, all drawn from a seed.

    Half of the states are drawn from the fields' domains, reachable or not; the others end a random walk.
    """
    draw = random.Random(seed)
    state = (
        drawn_state(machine, parameters, draw) if draw.random() < 0.5 else walked(machine, parameters, draw)
    )
    action = about or draw.choice(list(machine.actions.values()))
    tried = [drawn_arguments(action, parameters, draw) for _ in range(draw.choice((1, TRIES)))]
    enabled = (one for one in tried if execute.step(action, state, parameters, one) is not None)
    return Question(machine, action, parameters, state, next(enabled, tried[0]))


def drawn_state(machine: Machine, parameters: Any, draw: random.Random) -> Any:
    """Any state within the fields' domains; most choices are what they begin with, where more can happen."""
    values = {name: _drawn(domain, parameters, draw) for name, domain in machine.domains().items()}
    return machine.state(**values)


def _drawn(domain: Any, parameters: Any, draw: random.Random) -> Any:
    if isinstance(domain, SetOf):
        return PlainNumbers(n for n in domain.members.values(vars(parameters)) if draw.random() < 0.5)
    if isinstance(domain, TableOf):
        entries = domain.values.values(vars(parameters))
        return PlainTable({key: draw.choice(entries) for key in domain.keys.values(vars(parameters))})
    if isinstance(domain, Choice) and draw.random() < 0.8:
        return domain.names[0]
    return draw.choice(domain.values(vars(parameters)))


def walked(machine: Machine, parameters: Any, draw: random.Random) -> Any:
    """A reachable state: where a random walk has led, on which each action has the same chance."""
    state = execute.initial(machine, parameters)
    actions = list(machine.actions.values())
    for _ in range(draw.randrange(draw.choice((10, 40, 160)))):
        action = draw.choice(actions)
        if action.kind == "attacker" and draw.random() < 0.7:
            continue  # attacks close connections, and a closed connection goes nowhere
        state = _stepped(action, state, parameters, draw)
    return state


def _stepped(action: Action, state: Any, parameters: Any, draw: random.Random) -> Any:
    """The state after some instance of the action that is enabled, or the same state where none is."""
    chosen = list(instances(action, parameters))
    for arguments in draw.sample(chosen, min(len(chosen), TRIES)):
        after = execute.step(action, state, parameters, arguments)
        if after is not None:
            return after
    return state


def drawn_arguments(action: Action, parameters: Any, draw: random.Random) -> dict[str, int]:
    """Arguments within their domains."""
    return {name: draw.choice(domain.values(vars(parameters))) for name, domain in action.arguments.items()}
