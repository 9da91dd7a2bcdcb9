"""Filters that turn what the code says into reStructuredText, escaped and linked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sphinx.util.rst import escape

from pathproof.conformance.coverage import Citation
from pathproof.spec import clauses, readings

_THREAD = re.compile(r"https://github\.com/([^/]+/[^/]+)/(?:issues|pull|discussions)/(\d+)")
_COMMIT = re.compile(r"https://github\.com/([^/]+/[^/]+)/commit/([0-9a-f]{7})")
_PARTS = re.compile(r"``?([^`]+)``?|\b([A-Z0-9]+-[0-9A-Z.]+-\d\d)\b")
_LISTED = re.compile(r"\(?\w+[.)](\s|$)")
"""Text that would begin a list with numbers, such as "1."."""

_ROLES = {
    "action": "action",
    "invariant": "claim",
    "witness": "claim",
    "proof": "claim",
    "mutant": "mutant",
    "trace rule": "trace-rule",
}
"""The role that links to what names a clause, by its kind."""


def heading(text: str, rule: str = "=") -> str:
    """A title with a line under it."""
    return f"{escape(text)}\n{rule * (2 * len(text) + 2)}"


def prose(text: str) -> str:
    """Text with what stands in backquotes as code, and with links from clause ids."""
    made, end = [r"\ "] if _LISTED.match(text) else [], 0
    for match in _PARTS.finditer(" ".join(text.split())):
        made.append(escape(match.string[end : match.start()]))
        code, clause = match.groups()
        made.append(rf"\ ``{code}``\ " if code else _clause(clause))
        end = match.end()
    return "".join([*made, escape(" ".join(text.split())[end:])])


def _clause(found: str) -> str:
    return rf"\ :clause:`{found}`\ " if found in clauses.load() else escape(found)


def number(value: int) -> str:
    """A number on the wire: in hexadecimal where that makes a difference."""
    return str(value) if value < 10 else f"{value:#04x}"


def web(url: str) -> str:
    """A link into the web, short where it is to an issue, a pull request or a commit on GitHub."""
    for known, mark in ((_THREAD, "#"), (_COMMIT, "@")):
        if found := known.match(url):
            return f"`{escape(found[1])}{mark}{found[2]} <{url}>`__"
    shown = url.removeprefix("https://").removeprefix("www.")
    return f"`{escape(shown)} <{url}>`__"


def webs(urls: Iterable[str]) -> str:
    """Links into the web, with commas."""
    return ", ".join(map(web, urls))


def linked(ids: Iterable[str]) -> str:
    """Links to clauses, with commas."""
    return ", ".join(f":clause:`{clause}`" for clause in ids)


def reading(name: str) -> str:
    """A link to a reading, or its name where it has no record yet."""
    return f":ref:`{name} <reading-{name}>`" if name in readings.load() else f"``{name}`` (no record yet)"


def error(name: str) -> str:
    """A link to an error code; a check may end in a packet dropped instead."""
    return ":ref:`drop <error-drop>`" if name == "drop" else f":ref:`{name} <error-{name}>`"


def named(citation: Citation) -> str:
    """A link to where the thing that names a clause is described, or its name and place."""
    if citation.kind == "reading":
        return reading(citation.name)
    if citation.kind == "wire check":
        item, _, check = citation.name.partition(": ")
        label = f"{item}: {check}" if check else f"{item}, its layout"
        return f":ref:`{escape(label)} <wire-{item}>`"
    if citation.kind in _ROLES:
        return f":{_ROLES[citation.kind]}:`{citation.name}`"
    place = f" ({escape(citation.where)})" if citation.where else ""
    return f"``{citation.name}``{place}"


FILTERS = {
    "heading": heading,
    "prose": prose,
    "web": web,
    "webs": webs,
    "linked": linked,
    "reading": reading,
    "error": error,
    "named": named,
    "number": number,
    "escape": escape,
}
"""What templates may use, by name."""
