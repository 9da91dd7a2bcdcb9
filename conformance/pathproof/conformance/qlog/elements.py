"""The elements of JSON arrays in text that may end anywhere or break in the middle: bounded salvage.

A writer that is stopped leaves contained JSON without its end, and no JSON decoder accepts it. Here the
events are found one by one. Memory: one copy of the text. Time: one pass, plus at most `MOST_RESTARTS` passes
for text that was made to break again and again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

MOST_RESTARTS = 16
"""How often reading goes on behind an element that breaks the JSON."""

ARRAY = re.compile(r'(?<!\\)"events"\s*:\s*\[')
"""The start of an array of events. In a JSON string its quotation marks would be escaped."""
GLUE = re.compile(r"[\s,]*")
RESTART = re.compile(r",\s*\n\s*(?=[\[{])")
"""Where an element can be expected again: the writers that break JSON start each event on a line."""

_decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str, strict=False)


class Element(NamedTuple):
    """One element: the offsets of its first character and behind its last, or why none could be read."""

    start: int
    end: int
    problem: str = ""


def elements(text: str, start: int) -> Iterator[Element]:
    """Yield the elements of the array whose first element starts at `start`, up to `]` or the text's end.

    Every element that cannot be read is yielded once, with its problem. Text must have one character a byte
    (Latin-1), so that offsets count bytes.

    >>> [text for text in elements('[1], [2', 0)]
    [Element(start=0, end=3, problem=''), Element(start=5, end=7, problem='JSON ends inside an event')]
    """
    restarts = 0
    at = _skip(text, start)
    while not text.startswith("]", at):
        if at >= len(text):
            yield Element(at, at, "JSON ends before its last bracket")
            return
        end = _end(text, at)
        if end > 0:
            yield Element(at, end)
            at = _skip(text, end)
            continue
        found = RESTART.search(text, at) if restarts < MOST_RESTARTS else None
        restarts += 1
        if found is None:
            yield Element(at, len(text), "JSON ends inside an event" if end == 0 else "JSON breaks here")
            return
        yield Element(at, found.start(), "event is not JSON")
        at = found.end()


def arrays(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield, for each array of events, where its description starts, where its elements do, if all are sound.

    The description starts where the array before it ends; only arrays outside other events are found.
    """
    at = 0
    while (found := ARRAY.search(text, at)) is not None:
        described, at, sound = at, found.end(), True
        for element in elements(text, found.end()):
            at = element.end
            sound = sound and not element.problem
        yield described, found.end(), sound


def _skip(text: str, at: int) -> int:
    """Return the offset behind blanks and commas."""
    found = GLUE.match(text, at)
    return found.end() if found else at


def _end(text: str, at: int) -> int:
    """Return the offset behind the value that starts at `at`; 0 if the text ends in it, -1 if it breaks."""
    try:
        return _decoder.raw_decode(text, at)[1]
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
        return 0 if cut else -1
    except (RecursionError, ValueError):
        return -1
