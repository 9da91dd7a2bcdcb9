"""The loop that finds strongly connected components and judges each one: a fair run can stay, or cannot.

It is Tarjan's algorithm without recursion. A component is judged as soon as it is complete, while its states
lie together on the stack, so that nothing is kept for each component.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from pathproof.model.explorer.liveness.kernels import kernel

OUT, ACTIVE, FAIR = range(3)
"""What a state is: left out, still to be judged, or in a component in which a fair run can stay."""
DONE = 2**31 - 1
"""The number of a state whose component is complete."""


@kernel
def onward(
    state: int, at: int, first: Any, target: Any, taken: Any, finite: Any, status: Any, numbers: Any, low: Any
) -> int:
    """The next edge from a state to one that was not entered, or the end of its row; `low` is kept."""
    while at < first[state + 1]:
        after = target[at]
        if status[after] == ACTIVE and not finite[taken[at]]:
            if numbers[after] == 0:
                break
            if numbers[after] != DONE:
                low[state] = min(low[state], numbers[after])
        at += 1
    return at


@kernel
def enabled(state: int, first: Any, taken: Any, bits: Any, here: Any) -> None:
    """The bits of the instances that are enabled in a state."""
    for word in range(len(here)):
        here[word] = 0
    for at in range(first[state], first[state + 1]):
        for word in range(len(here)):
            here[word] |= bits[taken[at], word]


@kernel
def survey(
    members: Any, first: Any, target: Any, taken: Any, finite: Any, bits: Any, low: Any, masks: Any
) -> None:
    """Which instances are enabled in some state of a component, in all of them, and taken inside it."""
    some, every, took, here = masks
    for word in range(len(some)):
        some[word] = took[word] = 0
        every[word] = ~np.uint64(0)
    for state in members:
        enabled(state, first, taken, bits, here)
        for word in range(len(some)):
            some[word] |= here[word]
            every[word] &= here[word]
        for at in range(first[state], first[state + 1]):
            if low[target[at]] == low[state] and not finite[taken[at]]:
                for word in range(len(some)):
                    took[word] |= bits[taken[at], word]


@kernel
def settle(
    members: Any,
    first: Any,
    target: Any,
    taken: Any,
    finite: Any,
    bits: Any,
    weak: Any,
    strong: Any,
    status: Any,
    low: Any,
    masks: Any,
) -> None:
    """Judge one component.

    If it is unfair to a weak instance, so is every part of it. If it is unfair to a strong one, there may be
    fair parts: they lie between the states in which that instance is enabled.
    """
    survey(members, first, target, taken, finite, bits, low, masks)
    starved, every, took, here = masks
    unfair = starves = False
    for word in range(len(weak)):
        unfair |= weak[word] & every[word] & ~took[word] != 0
        starved[word] &= strong[word] & ~took[word]
        starves |= starved[word] != 0
    for state in members:
        status[state] = OUT if unfair else FAIR
        if starves and not unfair:
            enabled(state, first, taken, bits, here)
            status[state] = ACTIVE
            for word in range(len(weak)):
                if starved[word] & here[word] != 0:
                    status[state] = OUT


@kernel
def leave(state: int, stack: Any, top: int, component: int, numbers: Any, low: Any) -> int:
    """Give the states of a complete component its number; where on the stack they begin."""
    while True:
        top -= 1
        numbers[stack[top]] = DONE
        low[stack[top]] = component
        if stack[top] == state:
            return top


@kernel
def judge(
    first: Any,
    target: Any,
    taken: Any,
    finite: Any,
    bits: Any,
    weak: Any,
    strong: Any,
    status: Any,
    numbers: Any,
    low: Any,
    stack: Any,
    calls: Any,
    edge: Any,
    component: int,
) -> int:
    """Judge every component of the active states; the number for the next component.

    Afterwards `low` has the number of each judged state's component, from `component` down: such numbers are
    below 0, so that none is taken for that of a state on the stack. What is active still is what remains of
    components in which some states were left out, and has to be judged again. `bits` has the mask of each
    instance that `weak` or `strong` names.
    """
    numbers[:] = 0
    masks = (np.zeros_like(weak), np.zeros_like(weak), np.zeros_like(weak), np.zeros_like(weak))
    seen = 0
    for root in range(len(status)):
        if status[root] != ACTIVE or numbers[root] != 0:
            continue
        depth = top = 0
        calls[0] = root
        while depth >= 0:
            state = calls[depth]
            if numbers[state] == 0:  # it is entered
                seen += 1
                numbers[state] = low[state] = seen
                stack[top] = state
                top += 1
                edge[depth] = first[state]
            edge[depth] = onward(state, edge[depth], first, target, taken, finite, status, numbers, low)
            if edge[depth] < first[state + 1]:
                calls[depth + 1] = target[edge[depth]]
                depth += 1
                continue
            depth -= 1
            if depth >= 0:
                low[calls[depth]] = min(low[calls[depth]], low[state])
            if low[state] == numbers[state]:
                base = leave(state, stack, top, component, numbers, low)
                members = stack[base:top]
                settle(members, first, target, taken, finite, bits, weak, strong, status, low, masks)
                top = base
                component -= 1
    return component
