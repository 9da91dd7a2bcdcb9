"""Work on all cores: processes of their own, that end with the one that started them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from typing import Any, TypeVar

R = TypeVar("R")


def spread(
    function: Callable[..., R], items: Iterable[tuple[Any, ...]], jobs: int, in_order: bool = False
) -> Iterator[R]:
    """Call the function with each item's values, on `jobs` processes, and yield results as they come.

    With one job, or one item, everything happens in this process and in order. Where the caller stops early,
    what has not begun never does.

    >>> list(spread(pow, [(2, 3), (3, 2)], jobs=1))
    [8, 9]
    """
    waiting = list(items)
    if jobs < 2 or len(waiting) < 2:
        yield from (function(*item) for item in waiting)
        return
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=_end_with_parent)
    try:
        futures: list[Future[R]] = [pool.submit(function, *item) for item in waiting]
        for done in futures if in_order else as_completed(futures):
            yield done.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _end_with_parent() -> None:
    """Leave Ctrl-C to the parent, and end when it does, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
