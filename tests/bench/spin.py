"""SPIN on the generated Promela model: how many states it finds, and how many a second."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

TRANSLATE = ["spin", "-o2", "-a", "model.pml"]  # -o2: a variable that no guard reads is state all the same
COMPILE = ["gcc", "-O2", "-DSAFETY", "-DNOREDUCE", "-o", "pan", "pan.c"]
RUN = ["./pan", "-m20000", "-w26", "-n"]


@dataclass(frozen=True)
class SpinResult:
    """What SPIN reports; it counts one state and two transitions more than there are, for its start."""

    states: int
    transitions: int
    seconds: float


def installed() -> bool:
    """Whether SPIN and the C compiler that it needs are there."""
    return all(shutil.which(tool) for tool in ("spin", "gcc"))


def run(text: str) -> SpinResult:
    """Compile and run SPIN's verifier for a model, one thread, the whole state in an exact hash table."""
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "model.pml").write_text(text)
        for command in (TRANSLATE, COMPILE):
            subprocess.run(command, cwd=place, check=True, capture_output=True)
        done = subprocess.run(RUN, cwd=place, check=True, capture_output=True, text=True)
    return SpinResult(
        int(_number(r"([\d.e+]+) states, stored", done.stdout)) - 1,
        int(_number(r"([\d.e+]+) transitions", done.stdout)) - 2,
        _number(r"elapsed time ([\d.]+)", done.stdout),
    )


def _number(pattern: str, output: str) -> float:
    found = re.search(pattern, output)
    if found is None:
        raise ValueError(f"SPIN's output has nothing like {pattern}: {output}")
    return float(found[1])
