"""The loop that finds a shortest way inside a component."""

from __future__ import annotations

from typing import Any

from pathproof.model.explorer.liveness.kernels import kernel


@kernel
def disabled(state: int, first: Any, taken: Any, disables: Any, many: int) -> bool:
    """Whether one of the `many` instances that `disables` marks is not enabled in a state."""
    enabled = 0
    for at in range(first[state], first[state + 1]):
        enabled += disables[taken[at]]
    return enabled < many


@kernel
def search(
    first: Any,
    target: Any,
    taken: Any,
    finite: Any,
    inside: Any,
    start: int,
    goal: int,
    takes: Any,
    disables: Any,
    many: int,
    queue: Any,
    back: Any,
    by: Any,
) -> int:
    """Where in the queue a shortest way ends that reaches `goal`, takes an instance or sees one disabled.

    `inside` marks the states of the component, with 1, and those that were met, with 2. `back` says where in
    the queue the step before is, and `by` has the edge of each. The answer is 0 where there is no way.
    """
    queue[0] = start
    inside[start] = 2
    tail = 1
    place = found = 0
    while place < tail and found == 0:
        state = queue[place]
        for at in range(first[state], first[state + 1]):
            after = target[at]
            if inside[after] == 0 or finite[taken[at]]:
                continue
            back[tail], by[tail] = place, at
            if after == goal or takes[taken[at]] or disabled(after, first, taken, disables, many):
                found = tail
                break
            if inside[after] == 1:
                inside[after] = 2
                queue[tail] = after
                tail += 1
        place += 1
    for met in range(tail):
        inside[queue[met]] = 1
    return found
