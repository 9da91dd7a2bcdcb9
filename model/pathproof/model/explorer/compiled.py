"""A machine compiled for this processor, ready to be called."""

from __future__ import annotations

import ctypes
import hashlib
import time
from collections.abc import Iterable
from typing import Any

import llvmlite.binding as llvm
import numpy as np

from pathproof.model.explorer.codegen import NO_TROUBLE, Generator, Instance
from pathproof.model.explorer.layout import Layout
from pathproof.model.explorer.reductions import Reductions
from pathproof.model.explorer.states import packed, repeated
from pathproof.model.machine import Action, Claim, Machine

_POINTER = ctypes.c_void_p
_STEP = ctypes.CFUNCTYPE(
    ctypes.c_int64, _POINTER, ctypes.c_int64, _POINTER, ctypes.c_int64, _POINTER, _POINTER
)


_LOOK = ctypes.CFUNCTYPE(ctypes.c_int64, _POINTER, ctypes.c_int64, _POINTER, _POINTER, _POINTER)


class TroubleAhead(ValueError):
    """A state in which a claim is violated, or from which a value goes out of its range."""


class Compiled:
    """The compiled functions of a machine under some parameters, for the claims that are to be checked.

    States take one word, two or four, as they need, or as many as `words` says. Raises `BoundTooLarge` where
    a state does not fit them. With `reduce`, what steps lead to is reduced as the machine declares. With
    `haste`, compiling takes half as long and what comes out is half as fast: right below a million states.
    `key` tells one search from another.

    >>> from pathproof.model.explorer.toy import TOY
    >>> compiled = Compiled(TOY, TOY.setting(), claims=())
    >>> [(action.name, arguments, after) for action, arguments, after in compiled.successors(0b00101)]
    [('take', {}, 14), ('give_back', {'n': 0}, 1)]
    """

    def __init__(
        self,
        machine: Machine,
        parameters: Any,
        claims: Iterable[Claim] | None = None,
        lanes: int | None = None,
        words: int | None = None,
        reduce: bool = False,
        haste: bool = False,
    ) -> None:
        began = time.perf_counter()
        self.layout = Layout(machine, parameters, words)
        self.lanes = lanes or native_lanes()
        chosen = machine.claims.values() if claims is None else claims
        found = Reductions(machine, parameters, self.layout.pack) if reduce else None
        self.reductions = found or None
        generator = Generator(self.layout, chosen, self.lanes, self.reductions)
        text = generator.module()
        self._engine = _engine(text, haste)
        names = [claim.name for claim in generator.claims]
        said = f"{machine.name} {parameters!r} {names} {reduce} {self.layout.words} {text}"
        self.key = hashlib.sha256(said.encode()).hexdigest()
        self.claims: list[Claim] = generator.claims
        self.witnesses: list[Claim] = generator.witnesses
        self.instances: list[Instance] = generator.instances
        self.info_size = generator.info_size
        self.checked = generator.checked
        self.expand: int = self._engine.get_function_address("expand")
        self.look: int = self._engine.get_function_address("look")
        self.addresses: list[int] = [
            self._engine.get_function_address(f"instance_{place}") for place in range(len(self.instances))
        ]
        self._steps = [_STEP(address) for address in self.addresses]
        self.seconds = time.perf_counter() - began

    def fresh_info(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """The notes of a search that has not begun."""
        info = np.zeros(self.info_size, np.int64)
        info[0] = NO_TROUBLE
        return info

    def kept(self, state: Any) -> int:
        """What a search keeps of an executed state, packed."""
        return self.layout.pack(self.reductions.reduced(state) if self.reductions else state)

    def violates(self, state: int) -> bool:
        """Whether some `always` claim does not hold in a packed state, or cannot be judged there."""
        states, info = repeated(state, self.layout.words, self.lanes), self.fresh_info()
        _LOOK(self.look)(states.ctypes.data, 1, None, None, info.ctypes.data)
        return bool(info[0] != NO_TROUBLE)

    def successors(self, state: int) -> list[tuple[Action, dict[str, int], int]]:
        """Every enabled action of one packed state with its arguments and the packed state after it.

        Raises `TroubleAhead` where a claim about the step is violated or a value goes out of its range.
        """
        states, out = (repeated(one, self.layout.words, self.lanes) for one in (state, 0))
        alive, info = np.zeros(1, np.uint8), self.fresh_info()
        found = []
        for call, (action, arguments) in zip(self._steps, self.instances, strict=True):
            made = call(states.ctypes.data, 1, out.ctypes.data, 0, alive.ctypes.data, info.ctypes.data)
            if info[0] != NO_TROUBLE:
                raise TroubleAhead(f"{action.name}{arguments} from {self.layout.unpack(state)}")
            found += [(action, arguments, packed(out[0]))] * made
        return found


def native_lanes() -> int:
    """How many 64-bit numbers this processor computes at a time."""
    features = llvm.get_host_cpu_features()
    return 8 if features.get("avx512f") and features.get("avx512dq") else 4


def _engine(module: str, haste: bool) -> Any:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    machine = llvm.Target.from_default_triple().create_target_machine(
        cpu=llvm.get_host_cpu_name(), features=llvm.get_host_cpu_features().flatten(), opt=0 if haste else 2
    )
    parsed = llvm.parse_assembly(module)
    parsed.verify()
    if not haste:
        _combine(parsed, machine)
    engine = llvm.create_mcjit_compiler(parsed, machine)
    engine.finalize_object()
    return engine


def _combine(module: Any, machine: Any) -> None:
    """Combine instructions; LLVM's other passes take three times as long and find nothing in such code."""
    passes = llvm.create_new_function_pass_manager()
    passes.add_instruction_combine_pass()
    builder = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=1))
    for function in module.functions:
        if not function.is_declaration:
            passes.run(function, builder)
