"""The transport error codes as data: their values, and what each one means."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from pathproof.spec import clauses, records


@dataclass(frozen=True, slots=True)
class Error:
    """One transport error code, what it means in our words, and the clauses whose rule names it.

    Examples
    --------
    >>> errors()["CONNECTION_ID_LIMIT_ERROR"].code
    9
    >>> errors()["KEY_UPDATE_ERROR"].clauses[0]
    'RFC9001-6.2-09'
    """

    name: str
    code: int
    says: str
    clauses: tuple[str, ...] = ()


@cache
def errors() -> Mapping[str, Error]:
    """Return every transport error code with one value, by its name.

    Raises
    ------
    ValueError
        If the data file is no TOML, has a key that is unknown, missing or of the wrong type, or repeats a
        name or a code.
    """
    found: dict[str, Error] = {}
    for file, text in records.data_files("error_data"):
        found.update(read(text, file))
    return MappingProxyType(found)


def read(text: str, file: str) -> dict[str, Error]:
    """Return the error codes that one data file holds, by name.

    Raises
    ------
    ValueError
        As `errors` does.

    Examples
    --------
    >>> read("error = [{name = 'E', code = 1}]", "x.toml")
    Traceback (most recent call last):
    ValueError: x.toml: missing key 'source'
    """
    table = records.parse(text, file)
    rows = records.tables(table.pop("error", []), file)
    records.check(table, file, {"source": str})
    found: dict[str, Error] = {}
    for record in rows:
        where = f"{file}: {record.get('name')}"
        records.check(record, where, {"name": str, "code": int, "says": str})
        name, code = record["name"], record["code"]
        if name in found or code in {error.code for error in found.values()}:
            raise ValueError(f"{where}: its name or code is taken")
        found[name] = Error(name, code, record["says"], _naming(name))
    return found


def _naming(name: str) -> tuple[str, ...]:
    word = re.compile(rf"\b{re.escape(name)}\b")
    return tuple(clause.id for clause in clauses.load().values() if word.search(clause.rule))
