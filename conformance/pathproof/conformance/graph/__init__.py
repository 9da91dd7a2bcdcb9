"""Pictures of a machine: its abstract states and what leads from one to the other, drawn from the code.

`phases` folds the explored states by what the machine's `phases.py` calls them, `dot` writes that for
Graphviz, `places` arranges it and `svg` draws it.
"""

from pathproof.conformance.graph.dot import render_dot
from pathproof.conformance.graph.phases import Move, Phase, PhaseGraph, TooManyStates, phase_graph
from pathproof.conformance.graph.svg import render_svg

__all__ = ["Move", "Phase", "PhaseGraph", "TooManyStates", "phase_graph", "render_dot", "render_svg"]
