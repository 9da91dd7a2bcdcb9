"""Pictures of a machine's abstract states: they say what the machine does, and nothing is drawn over."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections import Counter

import pytest

from pathproof.conformance.graph import TooManyStates, phase_graph, render_dot, render_svg
from pathproof.conformance.graph.places import placed
from pathproof.model.bounds import bounds
from pathproof.model.cid_supply.phases import phase
from pathproof.model.explorer.plain_search import graph
from pathproof.model.machine import Machine
from pathproof.model.machines import NAMES, find

MACHINE = find("cid_supply")
SMALL = MACHINE.setting({"cids": 3, "rogue": "nobody"})
DRAWN = phase_graph(MACHINE, SMALL)


def test_every_state_is_in_one_phase() -> None:
    """The numbers in the boxes are those of the explored states, and add up to all of them."""
    found = graph(MACHINE, SMALL)
    counted = Counter(phase(state, SMALL) for _, state in found.nodes(data="state"))
    assert {one.name: one.states for one in DRAWN.phases} == counted
    assert DRAWN.states == len(found)


def test_every_step_between_phases_is_a_move() -> None:
    """An edge is drawn where, and only where, some step leads from one phase to another."""
    found = graph(MACHINE, SMALL)
    named = {node: phase(state, SMALL) for node, state in found.nodes(data="state")}
    steps = {
        (named[a], named[b], action) for a, b, action in found.edges(data="action") if named[a] != named[b]
    }
    assert {(m.source, m.target, action) for m in DRAWN.moves for action in m.actions} == steps


def test_the_beginning_is_marked_and_on_top() -> None:
    """One phase holds the initial state, and no box stands above it."""
    [first] = [one.name for one in DRAWN.phases if one.begins]
    boxes = placed(DRAWN).boxes
    assert boxes[first][1] == min(y for _, y in boxes.values())


def test_nothing_stands_on_anything_else() -> None:
    """No two boxes or labels share a place."""
    places = placed(DRAWN)
    points = [*places.boxes.values(), *places.labels.values()]
    assert len(set(points)) == len(points)


def test_edges_lead_from_box_to_box() -> None:
    """The way of an edge begins at its source, passes its label and ends at its target."""
    places = placed(DRAWN)
    for move, way in places.ways.items():
        assert (way[0], way[-1]) == (places.boxes[move.source], places.boxes[move.target])
        assert places.labels[move] in way


@pytest.mark.parametrize("name", NAMES)
def test_every_machine_can_be_drawn(name: str) -> None:
    """At the bounds of its picture each machine has a few phases, and its picture is one of SVG."""
    machine: Machine = find(name)
    drawn = phase_graph(machine, machine.setting(bounds(name).picture))
    assert 3 <= len(drawn.phases) <= 40
    assert ElementTree.fromstring(render_svg(drawn)).tag.endswith("svg")


def test_dot_quotes_what_it_must() -> None:
    """Every phase and move has its line, whatever is in a name."""
    lines = render_dot(DRAWN).splitlines()
    assert sum("->" in line for line in lines) == len(DRAWN.moves)
    assert len(lines) == 3 + len(DRAWN.phases) + len(DRAWN.moves)


def test_too_many_states_are_refused() -> None:
    """A machine at bounds beyond drawing is refused with a line that says so."""
    with pytest.raises(TooManyStates, match="cid_supply has more than 100 states"):
        phase_graph(MACHINE, SMALL, most=100)
