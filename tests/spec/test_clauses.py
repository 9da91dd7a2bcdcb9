"""The clause records: sound as shipped, and refused with file and record when they are not."""

from collections.abc import Mapping
from itertools import pairwise

import pytest

from pathproof.spec import clauses, documents
from pathproof.spec.audit import KEYWORD

RECORD = {
    "id": "RFC9000-5.1-01",
    "level": "MUST",
    "role": "issuer",
    "concept": "cid_supply",
    "rule": "It waits.",
    "observable": ["wire"],
    "fingerprint": "0" * 64,
}
COMPLETE = ["5.1", "5.1.1", "5.1.2", "19.15", "19.16"]


def file_of(*changes: Mapping[str, object]) -> str:
    """Return a data file for Section 5.1 with one record per change of `RECORD`."""
    lines = ['document = "RFC9000"', 'section = "5.1"', 'title = "T"', 'scope = "S"']
    lines += ["[aside]", f"outside = [{'1' * 64!r}, {'2' * 64!r}]"]
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


def test_every_section_in_scope_has_its_file_and_no_other() -> None:
    """What a document says to be in scope is what is recorded."""
    wanted = {(name, number) for name, found in documents.load().items() for number in found.sections}
    assert set(clauses.sections()) == wanted


def test_ordinals_leave_out_only_what_is_beyond_the_scope() -> None:
    """Where all of a section is in scope, its clauses are numbered from 1 on without a gap."""
    for section in clauses.sections().values():
        beyond = section.normative - len(section.clauses)
        gaps = {*range(1, section.normative + 1)} - {clause.ordinal for clause in section.clauses}
        assert len(gaps) == beyond
        assert bool(beyond) == bool(section.scope)


@pytest.mark.parametrize("section", clauses.sections().values(), ids=lambda s: f"{s.document}-{s.number}")
def test_records_are_sound(section: clauses.Section) -> None:
    """A rule is one sentence without a keyword, observable by something, and no sentence is counted twice."""
    for clause in section.clauses:
        assert clause.rule.endswith(".") and ". " not in clause.rule, clause.id
        assert not KEYWORD.search(clause.rule), clause.id
        assert clause.observable, clause.id
        assert len(clause.rule.split()) < 90, clause.id
    recorded = {clause.fingerprint for clause in section.clauses}
    aside = [print_ for prints in section.asides.values() for print_ in prints]
    assert not recorded & set(aside)


def test_sections_come_in_the_order_of_the_documents() -> None:
    """Section 9.5 stands before 10.3.1, 5.1 before 5.1.1, and an appendix last."""
    numbers = [number for document, number in clauses.sections() if document == "RFC9000"]
    assert numbers == sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])
    assert [number for document, number in clauses.sections() if document == "RFC9002"][-4:] == [
        "A.3",
        "A.4",
        "B.2",
        "B.3",
    ]
    assert list(dict.fromkeys(document for document, _ in clauses.sections())) == list(documents.load())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": "red"}, "unknown key 'colour'"),
        ({"concept": "mobility"}, "'mobility' is not a valid Concept"),
        ({"uncovered": 1}, "'uncovered' is no str"),
        ({"actions": "cid_supply.issue"}, "'actions' is no list"),
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
        (file_of().replace("scope", "reach"), "rfc9000-5.1.toml", "rfc9000-5.1.toml: unknown key 'reach'"),
        (
            file_of().replace('scope = "S"\n', ""),
            "rfc9000-5.1.toml",
            "rfc9000-5.1.toml: a scope and sentences outside it come together or not at all",
        ),
        (
            file_of().replace("outside =", "aloud ="),
            "rfc9000-5.1.toml",
            "rfc9000-5.1.toml: aside: unknown key 'aloud'",
        ),
        (
            file_of().replace("1" * 64, "1" * 63),
            "rfc9000-5.1.toml",
            f"rfc9000-5.1.toml: aside: fingerprint is not 64 hexadecimal digits: '{'1' * 63}'",
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
