"""One exploration in a fresh process, measured: `python -m tests.bench.fresh small`; two words: `small 2`."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SETTINGS = {"tiny": {"N": 1, "L": 1, "P": 1}, "small": {"R": 0}, "mid": {"R": 1}}


@dataclass(frozen=True)
class Measured:
    """What one process measured of itself, and its whole time from start to end."""

    states: int
    transitions: int
    depth: int
    seconds: float
    compile_seconds: float
    bytes_per_state: float
    whole: float


def measured(name: str, words: int = 1, cache: str | None = None) -> Measured:
    """Explore in a new process, with numba's cache in a directory of its own if one is given."""
    environment = {"PATH": "/usr/bin:/bin", **({"NUMBA_CACHE_DIR": cache} if cache else {})}
    began = time.perf_counter()
    command = [sys.executable, "-m", "tests.bench.fresh", name, str(words)]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return Measured(**json.loads(done.stdout), whole=time.perf_counter() - began)


def starts() -> tuple[Measured, Measured]:
    """The same tiny exploration with an empty cache, and with what that left in it."""
    with tempfile.TemporaryDirectory() as cache:
        return measured("tiny", cache=cache), measured("tiny", cache=cache)


def main(name: str, words: int = 1) -> None:
    """Explore, with states of so many words, and print what was measured as JSON."""
    from tests.model.oracle.quic_cid import ORACLE

    from pathproof.model.explorer import Compiled, explore

    parameters = ORACLE.setting(SETTINGS[name])
    Compiled(ORACLE, parameters)  # so that what compiling takes is not counted as states
    explore(ORACLE, ORACLE.setting(SETTINGS["tiny"]), words=words, jobs=1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    done = explore(ORACLE, parameters, words=words, jobs=1)  # what it is compared with has one thread, too
    taken = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    print(
        json.dumps(
            {
                "states": done.states,
                "transitions": done.transitions,
                "depth": done.depth,
                "seconds": done.seconds,
                "compile_seconds": done.compile_seconds,
                "bytes_per_state": taken / done.states,
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
