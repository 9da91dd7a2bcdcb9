"""The explored engine: breadth-first search by compiled code over packed states.

States are kept layer by layer, so one that breaks a claim lies at the end of a shortest run. The same
machine, bounds and claims give the same result, whatever the number of threads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from pathproof.model.explorer.compiled import Compiled
from pathproof.model.explorer.jit import compile_for
from pathproof.model.explorer.layers import Search, Watch
from pathproof.model.explorer.result import Exploration, Progress
from pathproof.model.explorer.store import available_memory
from pathproof.model.machine import Claim, Machine


def explore(
    machine: Machine,
    parameters: Any,
    claims: Iterable[Claim] | None = None,
    max_memory: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    max_depth: int | None = None,
    words: int | None = None,
    jobs: int | None = None,
    reduce: bool = True,
    checkpoint: Path | None = None,
    every: float = 60.0,
    resume: Path | None = None,
    haste: bool = False,
) -> Exploration:
    """Find every reachable state of a machine, or a shortest run that violates a claim.

    Parameters
    ----------
    machine, parameters, claims
        The machine, the bounds and readings under which it is explored (`machine.setting(...)`), and the
        claims to check: all of the machine's by default.
    max_memory, max_depth
        Bytes for states and table, by default 80% of what is available; and how many steps from the beginning
        states are found and checked, and not gone on from.
    progress
        Called a few times a second.
    words, jobs
        How many words a state is packed into, 1, 2 or 4: by default as few as are enough. How many threads
        share the search: by default one as long as it is small, and then one for each core.
    reduce
        Whether to keep, of states that differ in what the machine declares to make no difference, only one.
    checkpoint, every, resume
        A file that is replaced every so many seconds, at `max_depth` and at Ctrl-C; one to go on from.
    haste
        Whether to compile in half the time, for code that is half as fast: right below a million states.

    Raises `BoundTooLarge` where a state does not fit or names have too many orders, `RangeError` where a
    value leaves its field's range, `CheckpointError` where `resume` is of another search or damaged, and
    `EngineDisagreement` where the executed engine does not follow the compiled one.

    Examples
    --------
    >>> from pathproof.model.explorer.toy import TOY
    >>> explore(TOY, TOY.setting({"most": 4}), claims=()).states
    31
    >>> run = explore(TOY, TOY.setting({"most": 4})).violation
    >>> run.claim, [str(step) for step in run.steps], run.end
    ('held_within_limit', ['take()', 'take()', 'take()'], State(next=3, held={0, 1, 2}))
    """
    compiled = Compiled(machine, parameters, claims, words=words, reduce=reduce, haste=haste)
    compile_for(compiled.layout.words)
    memory = int(available_memory() * 0.8) if max_memory is None else max_memory
    search = Search(compiled, memory, jobs, Watch(progress, checkpoint, every))
    try:
        search.begin(resume)
        with search.watch.minding_interrupts():
            return search.run(max_depth)
    finally:
        search.shares.close()
