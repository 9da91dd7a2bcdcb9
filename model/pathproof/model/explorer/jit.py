"""How functions of the search are compiled: by numba, for states of one word, of two or of four.

A state is a tuple of its words, and an array of states has as many dimensions as a state has words. So the
types of its arguments tell a function how many there are, and code for one word has no trace of a second.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numba
from numba import int64

SOURCES = ("states.py", "cursor.py", "intrinsics.py", "table.py", "scans.py", "kernel.py", "walks.py")
"""The files whose code ends up in the compiled functions."""


def stamp() -> str:
    """A sum of the sources."""
    here = Path(__file__).parent
    return f"{zlib.crc32(b''.join((here / name).read_bytes() for name in SOURCES)):08x}"


_STAMP = stamp()
_functions: list[tuple[Any, Callable[[Any, Any], Any]]] = []


def compiled(signature: Callable[[Any, Any], Any] | None) -> Callable[[Any], Any]:
    """Compile when it is first called, from numba's cache where it is warm.

    `signature` gives the types of a function for the types of an array of states and of one state, and None
    leaves the function until it is called. Numba's
    cache notices a change of the file that a function is in, and not one of another file that it calls: so
    the name under which the cache keeps it has the stamp of all of them. Where no cache can be written there
    is none.
    """
    njit: Any = numba.njit

    def declare(function: Any) -> Any:
        function.__qualname__ += f"-{_STAMP}"
        try:
            dispatcher = njit(cache=True, nogil=True)(function)
        except RuntimeError:  # numba found no directory that it may write to
            dispatcher = njit(nogil=True)(function)
        if signature is not None:
            _functions.append((dispatcher, signature))
        return dispatcher

    return declare


def compile_for(words: int) -> None:
    """Compile all functions that are declared, for states of so many words."""
    types: Any = numba.types
    for dispatcher, signature in _functions:
        dispatcher.compile(signature(types.Array(int64, words, "C"), types.UniTuple(int64, words)))
