"""A batch of random walks, by compiled code or by CPython: both meet the same."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from pathproof.model.execute import initial
from pathproof.model.explorer.checks import first_violated, witnesses
from pathproof.model.explorer.codegen import Instance
from pathproof.model.explorer.compiled import Compiled
from pathproof.model.explorer.states import repeated, reserved
from pathproof.model.explorer.store import PAD
from pathproof.model.explorer.strolls import WEIGHTS, all_instances, base_of, drawn, enabled, further, moving
from pathproof.model.explorer.walks import ENDED, REGISTERS, SICK, STEPS, walk
from pathproof.model.machine import Claim, Machine

Numbers = np.ndarray[Any, np.dtype[np.int64]]


@dataclass
class Batch:
    """What some walks have met; `sick` is the first walker in trouble and how many steps it has made."""

    runs: int
    steps: int
    depth: int
    ended: int
    fired: Numbers
    reached: Numbers
    registers: np.ndarray[Any, np.dtype[np.uint8]]
    sick: tuple[int, int] | None


class Walks(Protocol):
    """An engine that walks."""

    engine: str
    instances: list[Instance]
    witnesses: list[Claim]

    def batch(self, first: int, many: int) -> Batch:
        """Let so many walkers go, from number `first` on."""
        ...


class CompiledWalks:
    """Walks by compiled code, all walkers of a batch side by side."""

    engine = "compiled"

    def __init__(self, compiled: Compiled, seed: int, depth: int) -> None:
        self.compiled, self.seed, self.depth = compiled, seed, depth
        self.instances, self.witnesses = compiled.instances, compiled.witnesses
        names = list(dict.fromkeys(action.name for action, _ in self.instances))
        self._actions = np.array([names.index(action.name) for action, _ in self.instances], np.int64)
        self._weights = np.array([WEIGHTS[action.kind] for action, _ in self.instances], np.int64)
        self._addresses = np.array(compiled.addresses, np.int64)
        layout = compiled.layout
        self._start = layout.pack(initial(layout.machine, layout.parameters))

    def batch(self, first: int, many: int) -> Batch:
        """Let so many walkers go, from number `first` on."""
        words, info = self.compiled.layout.words, self.compiled.fresh_info()
        here = repeated(self._start, words, many + PAD)
        fired, notes = np.zeros(len(self.instances), np.int64), np.zeros(3, np.int64)
        registers = np.zeros(REGISTERS, np.uint8)
        depth = walk(
            self.compiled.look,
            self._addresses,
            self._actions,
            self._weights,
            here,
            many,
            reserved(many + PAD, words),
            reserved(many + PAD, words),
            np.zeros(many // self.compiled.lanes + PAD, np.uint8),
            info,
            fired,
            registers,
            notes,
            self.compiled.lanes,
            self.depth,
            np.array([base_of(self.seed, walker) for walker in range(first, first + many)], np.uint64),
        )
        reached = (info[1 : 1 + len(self.witnesses)] > 0).astype(np.int64)
        sick = None if notes[SICK] < 0 else (first + int(notes[SICK]), int(depth))
        return Batch(many, int(notes[STEPS]), int(depth), int(notes[ENDED]), fired, reached, registers, sick)


class ExecutedWalks:
    """The same walks by CPython, for states of any size."""

    engine = "executed"

    def __init__(self, machine: Machine, parameters: Any, claims: list[Claim], seed: int, depth: int) -> None:
        self.machine, self.parameters, self.claims = machine, parameters, claims
        self.seed, self.depth = seed, depth
        self.instances = all_instances(machine, parameters)
        self.witnesses = [claim for claim in claims if claim.sort == "sometimes"]

    def batch(self, first: int, many: int) -> Batch:
        """Let so many walkers go, from number `first` on."""
        fired, reached = np.zeros(len(self.instances), np.int64), np.zeros(len(self.witnesses), np.int64)
        met = Batch(many, 0, 0, 0, fired, reached, np.zeros(REGISTERS, np.uint8), None)
        states = [initial(self.machine, self.parameters)] * many
        for time in range(self.depth + 1):
            self._look(met, states)
            ways = [enabled(self.instances, self.parameters, s) for s in states] if time < self.depth else []
            sick = [place for place in range(many) if self._violated(states[place], ways[place : place + 1])]
            met.depth = time
            if sick:
                met.sick = first + sick[0], time
            if sick or time == self.depth:
                break
            moved = self._move(met, states, ways, first, time)
            met.ended = many - moved
            if not moved:
                break
        return met

    def _look(self, met: Batch, states: list[Any]) -> None:
        for state in states:
            _sketch(met.registers, state)
            for place, claim in enumerate(self.witnesses):
                if not met.reached[place] and witnesses(claim, self.parameters, state):
                    met.reached[place] = 1

    def _violated(self, state: Any, ways: list[list[tuple[int, Any]]]) -> bool:
        if first_violated(self.claims, self.parameters, state) is not None:
            return True
        afters = [after for listed in ways for _, after in listed]
        return any(first_violated(self.claims, self.parameters, state, after) for after in afters)

    def _move(
        self, met: Batch, states: list[Any], ways: list[list[tuple[int, Any]]], first: int, time: int
    ) -> int:
        """Take a step with every walker that can; how many they are."""
        moved = 0
        for place, all_of_them in enumerate(ways):
            listed = moving(all_of_them, states[place])
            way = drawn(self.instances, listed, further(base_of(self.seed, first + place), time))
            if way is not None:
                met.fired[listed[way][0]] += 1
                states[place] = listed[way][1]
                moved += 1
        met.steps += moved
        return moved


def _sketch(registers: np.ndarray[Any, np.dtype[np.uint8]], state: Any) -> None:
    """Note a state in the sketch, by another hash than compiled code has: estimates differ a little."""
    bits = int.from_bytes(hashlib.blake2b(repr(state).encode(), digest_size=8).digest(), "little")
    place, rest = bits % len(registers), bits // len(registers) | 1 << 49
    registers[place] = max(registers[place], (rest & -rest).bit_length())
