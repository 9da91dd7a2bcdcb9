"""The readings: the points on which the text of an RFC admits more than one behaviour, each with a name.

A machine takes a reading as a parameter, a property is checked under each of its values, and the judge
accepts what any value accepts unless its user picks one. A record gives the question, the clauses that leave
it open, and for each value what it says, why the text admits it, who holds it and what differs on the wire.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from pathproof.spec import records


@dataclass(frozen=True, slots=True)
class Value:
    """One answer to the question of a reading.

    `holders` names stacks and people known to hold it; it is empty where none is on record.

    Examples
    --------
    >>> reading("retire_overflow").values["close"].holders[0]
    'Cloudflare quiche (beyond three times the limit, CVE-2024-1410)'
    """

    name: str
    says: str
    argument: str
    holders: tuple[str, ...]
    wire: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One question that the text leaves open, and the answers it admits.

    `ambiguity` is its number among the thirty public ambiguities of QUIC migration, if it is one of them.

    Examples
    --------
    >>> late = reading("late_frame")
    >>> late.default, list(late.values), late.ambiguity
    ('once', ['once', 'again'], 4)
    """

    name: str
    question: str
    clauses: tuple[str, ...]
    default: str
    values: Mapping[str, Value]
    ambiguity: int | None = None
    links: tuple[str, ...] = ()


_REQUIRED = {"name": str, "question": str, "clauses": list, "default": str, "values": dict}
_OPTIONAL = {"ambiguity": int, "links": list}
_VALUE = {"says": str, "argument": str, "holders": list, "wire": str}


def read(text: str, file: str) -> Reading:
    """Return the reading that one data file holds.

    Parameters
    ----------
    text : str
        The TOML text.
    file : str
        The name of the file, which is that of the reading.

    Raises
    ------
    ValueError
        If the text is no TOML, a key is unknown, missing or of the wrong type, or the default is no value.

    Examples
    --------
    >>> read("name = 'excess'", "excess.toml")
    Traceback (most recent call last):
    ValueError: excess.toml: missing key 'question'
    """
    table = records.parse(text, file)
    records.check(table, file, _REQUIRED, _OPTIONAL)
    if file != f"{table['name']}.toml":
        raise ValueError(f"{file}: holds reading {table['name']!r}")
    values = {
        name: _value(name, record, f"{file}: values.{name}") for name, record in table["values"].items()
    }
    if table["default"] not in values:
        raise ValueError(f"{file}: default {table['default']!r} is none of {', '.join(values)}")
    return Reading(
        name=table["name"],
        question=table["question"],
        clauses=tuple(table["clauses"]),
        default=table["default"],
        values=MappingProxyType(values),
        ambiguity=table.get("ambiguity"),
        links=tuple(table.get("links", ())),
    )


@cache
def load() -> Mapping[str, Reading]:
    """Return every reading by its name.

    Raises
    ------
    ValueError
        As `read` does.

    Examples
    --------
    >>> "retire_overflow" in load()
    True
    """
    found = [read(text, file) for file, text in records.data_files("reading_data")]
    return MappingProxyType({reading.name: reading for reading in found})


def reading(name: str) -> Reading:
    """Return the reading with this name.

    Raises
    ------
    pathproof.spec.records.Unknown
        If there is none (a `KeyError`).

    Examples
    --------
    >>> reading("limit_counts").default
    'all'
    """
    return records.named("reading", name, load())


def of_clause(clause_id: str) -> tuple[str, ...]:
    """Return the names of the readings that a clause leaves open, in the order of their names.

    Examples
    --------
    >>> of_clause("RFC9000-19.15-06"), of_clause("RFC9000-19.15-09")
    (('late_frame', 'retransmission'), ())
    """
    return tuple(reading.name for reading in load().values() if clause_id in reading.clauses)


def _value(name: str, record: object, where: str) -> Value:
    if not isinstance(record, dict):
        raise ValueError(f"{where}: no table: {record!r}")
    records.check(record, where, _VALUE)
    return Value(name, record["says"], record["argument"], tuple(record["holders"]), record["wire"])
