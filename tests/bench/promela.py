"""A machine as a Promela model for SPIN, from the same lifted trees that the compiled search comes from.

Sets are the bits of one variable, tables are arrays, and each action instance is one `d_step`, as one would
write it by hand. Claims are left out: the model is for counting states, and for the time that takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.bench.promela_terms import Expressions

from pathproof.model.domains import Choice, TableOf
from pathproof.model.execute import initial
from pathproof.model.explorer import Layout
from pathproof.model.lift import Branch, Leaf, Tree, leaves
from pathproof.model.machine import Machine, instances
from pathproof.model.symbolic import Outcome, lift_action, open_state


def model(machine: Machine, parameters: Any) -> str:
    """The Promela text."""
    layout = Layout(machine, parameters)
    expressions = Expressions(layout.places)
    state = open_state(machine)
    lines = [
        *_declarations(layout),
        "active proctype model() {",
        f"  d_step {{ {_beginning(layout)} }};",
        "  do",
    ]
    for action in machine.actions.values():
        for arguments in instances(action, parameters):
            tree = lift_action(action, state, parameters, arguments)
            if any(outcome.enabled for _, outcome in leaves(tree)):
                guard, body = _guard(expressions, tree)
                lines.append(f"  :: d_step {{ {guard} -> {_body(expressions, body)} }}")
    return "\n".join([*lines, "  od", "}", ""])


def _declarations(layout: Layout) -> Iterator[str]:
    start = initial(layout.machine, layout.parameters)
    word = layout.pack(start)
    for name, place in layout.places.items():
        if place.kind is TableOf:
            yield f"byte v_{name}[{max(place.keys, 1)}];"
        else:
            size = "byte" if place.bits <= 8 else "short" if place.bits <= 15 else "int"
            yield f"{size} v_{name} = {word >> place.offset & place.mask};"
    yield "hidden int " + ", ".join(f"was_{name}" for name in layout.places) + ";"


def _beginning(layout: Layout) -> str:
    start = initial(layout.machine, layout.parameters)
    tables = [name for name, place in layout.places.items() if place.kind is TableOf]
    puts = [f"v_{name}[{key}] = {n}" for name in tables for key, n in getattr(start, name).entries.items()]
    return "; ".join(puts) or "skip"


def _guard(expressions: Expressions, tree: Tree[Outcome]) -> tuple[str, Tree[Outcome]]:
    """When the action is enabled, and what is left of the tree where that is known."""
    parts = []
    while isinstance(tree, Branch) and (blocked := _blocked_side(tree)) is not None:
        parts.append(expressions.test(tree.condition, not blocked))
        tree = tree.no if blocked else tree.yes
    if not all(outcome.enabled for _, outcome in leaves(tree)):
        parts.append(_enabled(expressions, tree))
    return f"({' && '.join(parts) or 'true'})", tree


def _blocked_side(tree: Branch[Outcome]) -> bool | None:
    for answer, side in ((True, tree.yes), (False, tree.no)):
        if not any(outcome.enabled for _, outcome in leaves(side)):
            return answer
    return None


def _enabled(expressions: Expressions, tree: Tree[Outcome]) -> str:
    ways = []
    for decisions, outcome in leaves(tree):
        if outcome.enabled:
            ways.append(" && ".join(expressions.test(condition, answer) for condition, answer in decisions))
    return "(" + " || ".join(f"({way})" for way in ways) + ")"


def _body(expressions: Expressions, tree: Tree[Outcome]) -> str:
    if isinstance(tree, Leaf):
        return _assignments(expressions, tree.value.updates)
    yes, no = _body(expressions, tree.yes), _body(expressions, tree.no)
    return yes if yes == no else f"if :: {expressions.of(tree.condition)} -> {yes} :: else -> {no} fi"


def _assignments(expressions: Expressions, updates: Mapping[str, Any]) -> str:
    """Assignments in an order in which none disturbs another; old values are put by where there is none."""
    left = {name: _assigned(expressions, name, value) for name, value in updates.items()}
    left = {name: text for name, text in left.items() if text != f"v_{name} = v_{name}"}
    lines: list[str] = []
    while left:
        free = [
            name
            for name in left
            if not any(_reads(text, name) for other, text in left.items() if other != name)
        ]
        if free:
            lines.append(left.pop(free[0]))
            continue
        name = next(iter(left))
        lines.append(f"was_{name} = v_{name}")
        for other in [other for other in left if other != name]:
            target, value = left[other].split("=", 1)
            left[other] = target + "=" + re.sub(rf"\bv_{name}\b", f"was_{name}", value)
    return "; ".join(lines) or "skip"


def _reads(assignment: str, name: str) -> bool:
    return re.search(rf"\bv_{name}\b", assignment.split("=", 1)[1]) is not None


def _assigned(expressions: Expressions, name: str, value: Any) -> str:
    place = expressions.places[name]
    if place.kind is TableOf:
        puts: list[str] = []
        while value.op == "put":
            value, key, number = value.args
            puts.insert(0, f"v_{name}[{expressions.of(key)}] = {expressions.of(number)}")
        return "; ".join(puts)
    if place.kind is Choice and isinstance(value, str):
        return f"v_{name} = {place.names.index(value)}"
    return f"v_{name} = {expressions.of(value)}"
