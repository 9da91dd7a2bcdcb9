"""The clause records: sound as shipped, and refused with file and record when they are not."""

from collections.abc import Mapping
from itertools import pairwise

import pytest

from pathproof.spec import clauses, readings

RECORD = {
    "id": "RFC9000-5.1-01",
    "level": "MUST",
    "role": "issuer",
    "rule": "It waits.",
    "observable": ["wire"],
    "fingerprint": "0" * 64,
}
COMPLETE = ["5.1", "5.1.1", "5.1.2", "19.15", "19.16"]


def file_of(*changes: Mapping[str, object]) -> str:
    """Return a data file for Section 5.1 with one record per change of `RECORD`."""
    lines = ['document = "RFC9000"', 'section = "5.1"', 'title = "T"', "normative = 3"]
    for change in changes or ({},):
        record = {key: value for key, value in {**RECORD, **change}.items() if value is not None}
        lines += ["[[clause]]", *(f"{key} = {value!r}" for key, value in record.items())]
    return "\n".join(lines)


def test_ids_are_unique_and_ascend_within_their_section() -> None:
    """Every record is found under its own id, and ordinals follow the order of the text."""
    assert all(clauses.clause(clause_id).id == clause_id for clause_id in clauses.load())
    assert sum(len(section.clauses) for section in clauses.sections().values()) == len(clauses.load())
    for section in clauses.sections().values():
        assert all(first.ordinal < second.ordinal for first, second in pairwise(section.clauses))


def test_sections_of_the_first_machine_are_complete() -> None:
    """The sections on connection IDs have a record for each normative sentence, numbered from 1 on."""
    for number in COMPLETE:
        section = clauses.section("RFC9000", number)
        assert section.complete
        assert [clause.ordinal for clause in section.clauses] == [*range(1, section.normative + 1)]


@pytest.mark.parametrize("clause", clauses.load().values(), ids=lambda clause: clause.id)
def test_record_is_sound(clause: clauses.Clause) -> None:
    """A rule is one sentence, is observable by something, and its reading names it in return."""
    assert clause.rule.endswith(".") and ". " not in clause.rule
    assert clause.observable
    assert clause.fingerprint != "0" * 64
    if clause.reading:
        assert clause.id in readings.reading(clause.reading).clauses


def test_sections_come_in_the_order_of_the_documents() -> None:
    """Section 9.5 stands before 10.3.1, and 5.1 before 5.1.1."""
    numbers = [[int(part) for part in number.split(".")] for _, number in clauses.sections()]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": "red"}, "unknown key 'colour'"),
        ({"rule": None}, "missing key 'rule'"),
        ({"level": "must"}, "'must' is not a valid Level"),
        ({"role": "peer"}, "'peer' is not a valid Role"),
        ({"observable": ["telepathy"]}, "'telepathy' is not a valid Observable"),
        ({"observable": "wire"}, "'observable' is no list"),
        ({"fingerprint": "0" * 63 + "G"}, "fingerprint is not 64 hexadecimal digits"),
    ],
)
def test_bad_record_is_refused(change: dict[str, object], message: str) -> None:
    """The error names the file and the record, then what is wrong."""
    with pytest.raises(ValueError) as raised:
        clauses.read(file_of(change), "rfc9000-5.1.toml")
    assert str(raised.value).startswith(f"rfc9000-5.1.toml: RFC9000-5.1-01: {message}")


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        (["5.1-01", "5.1-01"], "RFC9000-5.1-01: duplicate id"),
        (["5.1-02", "5.1-01"], "RFC9000-5.1-01: out of order"),
        (["5.1-04"], "RFC9000-5.1-04: out of order, or above the 3 of the section"),
        (["5.1.1-01"], "RFC9000-5.1.1-01: not an id of section 5.1"),
        (["5.1-1"], "RFC9000-5.1-1: not an id of section 5.1"),
    ],
)
def test_bad_ids_are_refused(ids: list[str], message: str) -> None:
    """An id is of its section, comes once, and does not exceed the number of normative sentences."""
    with pytest.raises(ValueError) as raised:
        clauses.read(file_of(*({"id": f"RFC9000-{short}"} for short in ids)), "rfc9000-5.1.toml")
    assert str(raised.value).startswith(f"rfc9000-5.1.toml: {message}")


@pytest.mark.parametrize(
    ("text", "file", "message"),
    [
        (file_of(), "rfc9000-5.2.toml", "rfc9000-5.2.toml: holds section 5.1 of RFC9000"),
        (file_of({"id": None}), "rfc9000-5.1.toml", "rfc9000-5.1.toml: record 1: missing key 'id'"),
        ("clause = 3", "rfc9000-5.1.toml", "rfc9000-5.1.toml: no array of tables: 3"),
        (
            file_of().replace("normative", "count"),
            "rfc9000-5.1.toml",
            "rfc9000-5.1.toml: unknown key 'count'",
        ),
    ],
)
def test_bad_file_is_refused(text: str, file: str, message: str) -> None:
    """A file is named for its section, and its head is as strict as its records."""
    with pytest.raises(ValueError) as raised:
        clauses.read(text, file)
    assert str(raised.value) == message


def test_unknown_clause_and_section_are_named() -> None:
    """A lookup that fails is a KeyError whose message gives the name and near ones."""
    with pytest.raises(KeyError, match=r"no clause is named 'RFC9000-5\.1-99' \(close: RFC9000-5\.1-"):
        clauses.clause("RFC9000-5.1-99")
    with pytest.raises(KeyError, match=r"no section is named 'RFC9000 99'"):
        clauses.section("RFC9000", "99")
