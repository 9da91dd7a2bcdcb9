"""Pictures of a machine's abstract states: they say what the machine does, and nothing is drawn over."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections import Counter
from itertools import combinations, pairwise

import pytest

from pathproof.conformance.graph import PhaseGraph, TooManyStates, phase_graph, render_dot, render_svg
from pathproof.conformance.graph.columns import columns
from pathproof.conformance.graph.labels import numbered
from pathproof.conformance.graph.svg import BOX, WIDEST, arranged
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
    boxes = arranged(DRAWN)[1].boxes
    assert boxes[first][1] == min(y for _, y in boxes.values())


@pytest.fixture(scope="module", params=NAMES)
def drawn(request: pytest.FixtureRequest) -> PhaseGraph:
    """The abstract states of each machine at the bounds of its picture."""
    machine: Machine = find(request.param)
    return phase_graph(machine, machine.setting(bounds(request.param).picture))


def test_every_machine_can_be_drawn(drawn: PhaseGraph) -> None:
    """Each machine has a few phases, and its picture is one of SVG that says its bounds."""
    assert 3 <= len(drawn.phases) <= 40
    picture = ElementTree.fromstring(render_svg(drawn))
    assert picture.tag.endswith("svg")
    said = " ".join("".join(picture.itertext()).replace("\N{NO-BREAK SPACE}", " ").split())
    assert drawn.bounds.split(", ")[0] in said


def test_pictures_fit_a_screen(drawn: PhaseGraph) -> None:
    """None is wider than what can be read without scrolling sideways."""
    assert arranged(drawn)[1].width <= WIDEST


def test_nothing_stands_on_anything_else(drawn: PhaseGraph) -> None:
    """No two boxes or labels overlap, and none sticks out of the picture."""
    labels, places = arranged(drawn)
    sized = [(x, y, BOX, 40) for x, y in places.boxes.values()]
    sized += [(*places.labels[move], *labels.size(move)) for move in drawn.moves]
    for x, y, width, height in sized:
        assert width // 2 <= x <= places.width - width // 2
        assert height // 2 <= y <= places.height - height // 2
    for (x, y, width, height), (x2, y2, width2, height2) in combinations(sized, 2):
        assert abs(x - x2) * 2 >= width + width2 or abs(y - y2) * 2 >= height + height2


def test_edges_lead_from_box_to_box(drawn: PhaseGraph) -> None:
    """The way of an edge begins at its source, passes its label and ends at its target."""
    _, places = arranged(drawn)
    for move, way in places.ways.items():
        for (x, y), end in ((way[0], move.source), (way[-1], move.target)):
            assert abs(x - places.boxes[end][0]) < BOX // 2
            assert abs(y - places.boxes[end][1]) < 100
        assert places.labels[move] in way


def test_no_edge_runs_behind_a_box(drawn: PhaseGraph) -> None:
    """Where an edge is as high as the middle of a box, it is beside that box."""
    _, places = arranged(drawn)
    for way in places.ways.values():
        for (x1, y1), (x2, y2) in pairwise(way):
            for x, y in places.boxes.values():
                if min(y1, y2) < y < max(y1, y2):
                    across = x1 + (x2 - x1) * (y - y1) / (y2 - y1)
                    assert abs(across - x) > BOX / 2


def test_numbers_stand_for_every_action() -> None:
    """Where edges have numbers, the key has the actions of each, all of them."""
    labels = numbered(DRAWN)
    for move in DRAWN.moves:
        [number] = labels.lines[move]
        assert labels.key[int(number)] == (move.kind, move.actions)


def test_a_crowded_picture_has_a_key() -> None:
    """A machine whose labels would not fit side by side has numbers, and every name in its key."""
    machine: Machine = find("path_validation")
    crowded = phase_graph(machine, machine.setting(bounds("path_validation").picture))
    assert arranged(crowded)[0].key
    said = "".join(ElementTree.fromstring(render_svg(crowded)).itertext())
    for move in crowded.moves:
        assert all(action in said for action in move.actions)


def test_neighbours_keep_apart_and_in_order() -> None:
    """However much two nodes want to pass one another, they stand in their order, half their widths apart."""
    x = columns([[0, 1], [2, 3]], dict.fromkeys(range(4), 10.0), [(0, 3), (1, 2)], set())
    assert x[1] - x[0] >= 10
    assert x[3] - x[2] >= 10


def test_dot_quotes_what_it_must() -> None:
    """Every phase and move has its line, whatever is in a name."""
    lines = render_dot(DRAWN).splitlines()
    assert sum("->" in line for line in lines) == len(DRAWN.moves)
    assert len(lines) == 3 + len(DRAWN.phases) + len(DRAWN.moves)


def test_too_many_states_are_refused() -> None:
    """A machine at bounds beyond drawing is refused with a line that says so."""
    with pytest.raises(TooManyStates, match="cid_supply has more than 100 states"):
        phase_graph(MACHINE, SMALL, most=100)
