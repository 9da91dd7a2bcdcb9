"""How the compiled engine's loops are compiled: by numba, when they are first called.

A loop calls no function of another file, so that numba's cache, which looks at one file, is never stale.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np

Numbers = np.ndarray[Any, np.dtype[Any]]


def kernel(function: Callable[..., Any]) -> Any:
    """Compile a function, from numba's cache where it is warm; where none can be written there is none."""
    njit: Any = numba.njit
    try:
        return njit(cache=True)(function)
    except RuntimeError:  # numba found no directory that it may write to
        return njit(function)
