"""The mark `clause`, with which a test names the clauses it tests, and the measurement that it does.

A test with `@pytest.mark.clause("RFC9000-5.1.1-13")` has to execute code that names the same clause: an
action or claim of a machine, a check of the wire image that refuses something, or a rule of the judge that
has something to note of the clause (that a rule is asked at all says little: every frame is shown to all of
them). What runs is seen by a profile function while the test runs, so a mark is no promise. Of a test that is
run once for each of several clauses, each run has to execute code of its own. A test whose code runs
elsewhere says why: `@pytest.mark.clause("RFC9000-5.1.1-13", because="runs as a user does, in a process of its
own")`.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import cache
from types import CodeType, FrameType
from typing import Any

import pytest

from pathproof.conformance.coverage import citations
from pathproof.conformance.coverage.in_tests import MARK
from pathproof.conformance.judge.notes import Notes
from pathproof.spec import clauses, wire_image

Named = Callable[[FrameType], tuple[str, ...]]


@cache
def citing_code() -> dict[CodeType, Named]:
    """From the code of each function that names clauses to what it names, in the frame that runs it."""
    found: dict[CodeType, tuple[str, ...]] = {}
    for citation in citations():
        if citation.function is not None and citation.kind != "trace rule":
            code = inspect.unwrap(citation.function).__code__
            found[code] = (*found.get(code, ()), *citation.clauses)
    named: dict[CodeType, Named] = {code: _fixed(ids) for code, ids in found.items()}
    named[wire_image.Malformed.__init__.__code__] = lambda frame: frame.f_locals["check"].clauses
    for noted in (Notes.kept, Notes.broken, Notes.blind, Notes.warn):
        named[noted.__code__] = lambda frame: (frame.f_locals["clause"],)
    for codec in (wire_image.decode, wire_image.encode):
        named[codec.__code__] = lambda frame: frame.f_locals["item"].clauses
    return named


def _fixed(ids: tuple[str, ...]) -> Named:
    return lambda frame: ids


@contextmanager
def executed() -> Iterator[set[str]]:
    """Collect the clauses that the code executed inside the block names."""
    seen: set[str] = set()
    named = citing_code()

    def note(frame: FrameType, event: str, argument: Any) -> None:
        if event == "call" and frame.f_code in named:
            seen.update(named[frame.f_code](frame))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield seen
    finally:
        sys.setprofile(before)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Run a test that names clauses under the eye of `executed`, and fail it where its marks are not true."""
    marks = list(pyfuncitem.iter_markers(MARK))
    if not marks:
        return (yield)
    with executed() as seen:
        result = yield
    for mark in marks:
        wanted = _of_this_run(pyfuncitem, mark.args)
        ran = [clause for clause in wanted if clause in seen]
        left = [clause for clause in wanted if clause not in seen]
        if mark.kwargs.get("because") and ran:
            pytest.fail(f"says why no code that names {', '.join(ran)} runs, and it runs", pytrace=False)
        if left and not mark.kwargs.get("because"):
            pytest.fail(f"names {', '.join(left)} and executes no code that does", pytrace=False)
    return result


def _of_this_run(item: pytest.Function, ids: tuple[str, ...]) -> tuple[str, ...]:
    """The clause that is an argument of this run of the test, if one is, or else all that the mark names."""
    callspec = getattr(item, "callspec", None)
    own = tuple(value for value in callspec.params.values() if value in ids) if callspec else ()
    return own or ids


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse marks of clauses that do not exist."""
    for item in items:
        for mark in item.iter_markers(MARK):
            for clause in mark.args:
                if clause not in clauses.load():
                    raise pytest.UsageError(f"{item.nodeid} names {clause}, which is no clause")
