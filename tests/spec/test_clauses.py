"""The clause records: sound as shipped, and refused with file and record when they are not."""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

import pytest

from pathproof.spec import clauses, readings
from pathproof.spec.clause_record import Aside, Section
from pathproof.spec.keywords import KEYWORD

RECORD = {
    "id": "RFC9000-5.1-01",
    "level": "MUST",
    "role": "issuer",
    "concept": "cid_supply",
    "rule": "It waits.",
    "observable": ["wire"],
    "fingerprint": "0" * 64,
}
HEAD = 'document = "RFC9000"\nsection = "5.1"\ntitle = "T"\n'
OUTSIDE = f'scope = "a part"\naside.outside = ["{"1" * 64}"]\n'
FILE = "rfc9000-5.1.toml"
TWICE = {("RFC8999", "5.1"), ("RFC9000", "17.3.1"), ("RFC9000", "18.2")}
"""The sections in which a sentence stands twice, and so a fingerprint in two records."""


def file_of(*changes: Mapping[str, object], head: str = HEAD) -> str:
    """Return a data file for Section 5.1 with one record per change of `RECORD`."""
    lines = [head]
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


def test_rules_are_unique() -> None:
    """No two sentences are said in the same words of ours."""
    rules = Counter(clause.rule for clause in clauses.load().values())
    assert [rule for rule, times in rules.items() if times > 1] == []


@pytest.mark.parametrize("clause", clauses.load().values(), ids=lambda clause: clause.id)
def test_record_is_sound(clause: clauses.Clause) -> None:
    """A rule is one sentence without the capitals of a keyword, and observable by something."""
    assert clause.rule.endswith(".") and not re.search(r"[.!?]\s|\s\s|\n", clause.rule)
    assert not KEYWORD.search(clause.rule)
    assert clause.observable and len(set(clause.observable)) == len(clause.observable)
    assert clause.fingerprint != "0" * 64
    assert not (clause.uncovered and clause.actions), "nothing can check it, and an action carries it out"
    assert all(re.fullmatch(r"[a-z_]+\.[a-z_]+", action) for action in clause.actions)
    assert all(link.startswith("https://") for link in clause.links)


@pytest.mark.parametrize(
    "clause", [one for one in clauses.load().values() if one.reading], ids=lambda clause: clause.id
)
def test_reading_of_a_record_names_it_in_return(clause: clauses.Clause) -> None:
    """The reading exists, and says that the clause leaves its question open."""
    assert clause.id in readings.reading(clause.reading or "").clauses


@pytest.mark.parametrize(
    "section", clauses.sections().values(), ids=lambda one: f"{one.document}-{one.number}"
)
def test_section_is_sound(section: Section) -> None:
    """A sentence is accounted for once, unless it stands twice; a scope has an outside."""
    asides = [one for prints in section.asides.values() for one in prints]
    prints = Counter([*(clause.fingerprint for clause in section.clauses), *asides])
    twice = max(prints.values(), default=0) > 1
    assert twice == ((section.document, section.number) in TWICE)
    assert bool(section.scope) == bool(section.asides.get(Aside.OUTSIDE))
    assert section.title
    if not section.scope:
        assert [clause.ordinal for clause in section.clauses] == [*range(1, section.normative + 1)]


def test_sections_come_in_the_order_of_the_text() -> None:
    """Within a document, 5.1 stands before 5.1.1, 9.5 before 10.3.1, and an appendix last."""
    for document in {document for document, _ in clauses.sections()}:
        numbers = [number for of, number in clauses.sections() if of == document]
        order = [
            [(part.isalpha(), 0 if part.isalpha() else int(part), part) for part in number.split(".")]
            for number in numbers
        ]
        assert order == sorted(order)


def test_a_good_file_is_read() -> None:
    """Every key arrives where it belongs, and what may be left out is empty."""
    section = clauses.read(file_of(), FILE)
    assert (section.document, section.number, section.title, section.scope) == ("RFC9000", "5.1", "T", "")
    [clause] = section.clauses
    assert (clause.reading, clause.actions, clause.uncovered, clause.links) == (None, (), "", ())
    told = {"reading": "excess", "actions": ["a.b"], "uncovered": "why", "links": ["https://e.net"]}
    [clause] = clauses.read(file_of(told), FILE).clauses
    assert (clause.reading, clause.actions, clause.uncovered, clause.links) == (
        "excess",
        ("a.b",),
        "why",
        ("https://e.net",),
    )


def test_what_is_beyond_the_scope_counts_among_the_normative_sentences() -> None:
    """An ordinal may be as great as all of them together; other asides do not count."""
    reason = f'aside.reason = ["{"2" * 64}", "{"3" * 64}"]\n'
    section = clauses.read(file_of({"id": "RFC9000-5.1-02"}, head=HEAD + OUTSIDE + reason), FILE)
    assert section.normative == 2
    assert section.asides == {Aside.OUTSIDE: ("1" * 64,), Aside.REASON: ("2" * 64, "3" * 64)}
    with pytest.raises(ValueError, match=r"RFC9000-5\.1-03: out of order, or above the 2 of the section"):
        clauses.read(file_of({"id": "RFC9000-5.1-03"}, head=HEAD + OUTSIDE + reason), FILE)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": "red"}, "unknown key 'colour'"),
        ({"normative": 1}, "unknown key 'normative'"),
        ({"rule": None}, "missing key 'rule'"),
        ({"concept": None}, "missing key 'concept'"),
        ({"concept": "cids"}, "'cids' is not a valid Concept"),
        ({"level": "must"}, "'must' is not a valid Level"),
        ({"role": "peer"}, "'peer' is not a valid Role"),
        ({"observable": ["telepathy"]}, "'telepathy' is not a valid Observable"),
        ({"observable": "wire"}, "'observable' is no list"),
        ({"actions": "cid_supply.issue"}, "'actions' is no list"),
        ({"uncovered": ["why"]}, "'uncovered' is no str"),
        ({"fingerprint": "0" * 63 + "G"}, "fingerprint is not 64 hexadecimal digits"),
    ],
)
def test_bad_record_is_refused(change: dict[str, object], message: str) -> None:
    """The error names the file and the record, then what is wrong."""
    with pytest.raises(ValueError) as raised:
        clauses.read(file_of(change), FILE)
    assert str(raised.value).startswith(f"{FILE}: RFC9000-5.1-01: {message}")


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        (["5.1-01", "5.1-01"], "RFC9000-5.1-01: duplicate id"),
        (["5.1-02", "5.1-01"], "RFC9000-5.1-01: out of order"),
        (["5.1-04"], "RFC9000-5.1-04: out of order, or above the 2 of the section"),
        (["5.1-00"], "RFC9000-5.1-00: out of order"),
        (["5.1.1-01"], "RFC9000-5.1.1-01: not an id of section 5.1"),
        (["5.1-1"], "RFC9000-5.1-1: not an id of section 5.1"),
    ],
)
def test_bad_ids_are_refused(ids: list[str], message: str) -> None:
    """An id is of its section, comes once, and does not exceed the number of normative sentences."""
    head = HEAD if len(ids) > 1 else HEAD + OUTSIDE
    with pytest.raises(ValueError) as raised:
        clauses.read(file_of(*({"id": f"RFC9000-{short}"} for short in ids), head=head), FILE)
    assert str(raised.value).startswith(f"{FILE}: {message}")


@pytest.mark.parametrize(
    ("text", "file", "message"),
    [
        (file_of(), "rfc9000-5.2.toml", "holds section 5.1 of RFC9000"),
        (
            file_of(head=HEAD.replace("RFC9000", "RFC1149")),
            "rfc1149-5.1.toml",
            "holds section 5.1 of RFC1149",
        ),
        (file_of({"id": None}), FILE, "record 1: missing key 'id'"),
        ("clause = 3", FILE, "no array of tables: 3"),
        (file_of(head=HEAD + "normative = 3"), FILE, "unknown key 'normative'"),
        (file_of(head=HEAD.replace('title = "T"', "")), FILE, "missing key 'title'"),
        (file_of(head=HEAD + 'aside.joke = ["0"]'), FILE, "aside: unknown key 'joke'"),
        (file_of(head=HEAD + 'aside.fact = "0"'), FILE, "aside: 'fact' is no list: '0'"),
        (
            file_of(head=HEAD + 'aside.fact = ["0"]'),
            FILE,
            "aside: fingerprint is not 64 hexadecimal digits: '0'",
        ),
        (
            file_of(head=HEAD + 'scope = "a part"'),
            FILE,
            "a scope and sentences outside it come together or not at all",
        ),
        (
            file_of(head=HEAD + OUTSIDE.replace('scope = "a part"', "")),
            FILE,
            "a scope and sentences outside it come together or not at all",
        ),
    ],
)
def test_bad_file_is_refused(text: str, file: str, message: str) -> None:
    """A file is named for its section, and its head is as strict as its records."""
    with pytest.raises(ValueError) as raised:
        clauses.read(text, file)
    assert str(raised.value) == f"{file}: {message}"


def test_unknown_clause_and_section_are_named() -> None:
    """A lookup that fails is a KeyError whose message gives the name and near ones."""
    with pytest.raises(KeyError, match=r"no clause is named 'RFC9000-5\.1-99' \(close: RFC9000-5\.1-"):
        clauses.clause("RFC9000-5.1-99")
    with pytest.raises(KeyError, match=r"no section is named 'RFC9000 99'"):
        clauses.section("RFC9000", "99")
