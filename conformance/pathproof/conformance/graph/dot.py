"""The abstract states of a machine in the language of Graphviz."""

from __future__ import annotations

import json

from pathproof.conformance.graph.phases import Move, Phase, PhaseGraph

STYLE = {"protocol": "solid", "environment": "dashed", "attacker": "bold"}


def render_dot(graph: PhaseGraph) -> str:
    """Write a graph as a DOT document; equal graphs give equal documents.

    >>> from pathproof.conformance.graph.phases import Phase
    >>> print(render_dot(PhaseGraph("toy", 2, (Phase("idle", 2, True, ()),), ())), end="")
    digraph "toy" {
      node [shape=box, style=rounded];
      "idle" [label="idle\\n2 states", penwidth=2];
    }
    """
    lines = [f"digraph {_quoted(graph.machine)} {{", "  node [shape=box, style=rounded];"]
    lines += [_node(phase) for phase in graph.phases]
    lines += [_edge(move) for move in graph.moves]
    return "\n".join([*lines, "}\n"])


def _node(phase: Phase) -> str:
    label = _quoted(f"{phase.name}\n{phase.states} states")
    return f"  {_quoted(phase.name)} [label={label}{', penwidth=2' if phase.begins else ''}];"


def _edge(move: Move) -> str:
    label, style = _quoted("\n".join(move.actions)), STYLE[move.kind]
    return f"  {_quoted(move.source)} -> {_quoted(move.target)} [label={label}, style={style}];"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
