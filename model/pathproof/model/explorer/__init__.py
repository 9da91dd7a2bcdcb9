"""The explored engine: every reachable state of a machine, by compiled code over packed words.

`places` and `layout` pack states into a few words, `words` and `branches` turn lifted functions into
straight-line code, `orbits` adds the smallest order of the names, `loops` and `codegen` wrap that into a
module, and `compiled` hands it to the processor. `table`, `kernel`, `scans` and `store` keep what was seen,
compiled by `jit`. A `share` is one thread's part of it, `shares` are all of them, `layers` goes through them,
and `checkpoint` writes them down. `runs` and `follow` bring a violation back to the executed engine.
`reductions` says what is kept of a state, and `soundness` whether that is right. `simulation` walks where
there is too much to explore. `plain_search` does the same as `search` without any of them, slowly.
"""

from pathproof.model.explorer.checkpoint import CheckpointError
from pathproof.model.explorer.compiled import Compiled, TroubleAhead
from pathproof.model.explorer.layout import BoundTooLarge, Layout, RangeError
from pathproof.model.explorer.naming import NotSymmetric
from pathproof.model.explorer.plain_search import explore_plainly, graph
from pathproof.model.explorer.result import EngineDisagreement, Exploration, Progress, Run, Step
from pathproof.model.explorer.search import explore
from pathproof.model.explorer.simulation import Simulation, simulate
from pathproof.model.explorer.soundness import asymmetry, unsound

__all__ = [
    "BoundTooLarge",
    "CheckpointError",
    "Compiled",
    "EngineDisagreement",
    "Exploration",
    "Layout",
    "NotSymmetric",
    "Progress",
    "RangeError",
    "Run",
    "Simulation",
    "Step",
    "TroubleAhead",
    "asymmetry",
    "explore",
    "explore_plainly",
    "graph",
    "simulate",
    "unsound",
]
