"""The audit finds every way in which records and a copy can differ, and names it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pathproof.spec.audit import SectionAudit, audit, level_of
from pathproof.spec.clause_record import Aside, Clause, Concept, Level, Observable, Role, Section
from pathproof.spec.documents import Document
from pathproof.spec.fingerprint import fingerprint
from pathproof.spec.records import Unknown
from pathproof.spec.rfc_copy import Copy

WAIT, POLITE, GO, ROW, ON, ASK, SHOUT = TEXT = (
    "An endpoint MUST wait.",
    "That is polite.",
    "It MAY\n  go on.",
    "Name | Value",
    "It goes on.",
    "A client SHOULD ask.",
    "A client SHALL\nNOT shout.",
)
GONE = "RFC9000-1: the copy has no section of this number"
KINDS: dict[str, Aside | None] = {POLITE: Aside.REASON, ROW: None, ASK: Aside.OUTSIDE}


def recorded(sentences: tuple[str, ...] = TEXT, number: str = "1") -> Section:
    """Complete records of a section: clauses, except for the sentences that `KINDS` puts aside."""
    clauses: list[Clause] = []
    asides: dict[Aside, tuple[str, ...]] = {}
    ordinal = 0
    for text in sentences:
        kind = KINDS.get(text)
        ordinal += kind == Aside.OUTSIDE or text not in KINDS
        if kind:
            asides[kind] = (*asides.get(kind, ()), fingerprint(text))
        elif text not in KINDS:
            clauses.append(clause(text, f"RFC9000-{number}-{ordinal:02}"))
    return Section("RFC9000", number, "Title", tuple(clauses), "", asides)


def clause(text: str, name: str) -> Clause:
    """A record of a sentence."""
    return Clause(
        name, level_of(text), Role.ENDPOINT, Concept.CONNECTION, "It.", (Observable.WIRE,), fingerprint(text)
    )


def audited(records: Section | None, sentences: tuple[str, ...] | None = TEXT) -> SectionAudit:
    """The audit of one section: these records, and these sentences of the copy."""
    document = Document("RFC9000", "T", ("RFC 9000",), "standard", "u{section}", ("1",))
    copy = Copy("x", "RFC 9000", "text", {} if sentences is None else {"1": sentences})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pathproof.spec.documents.load", lambda: {"RFC9000": document})
        patch.setattr(
            "pathproof.spec.clauses.sections", lambda: {("RFC9000", "1"): records} if records else {}
        )
        [found] = audit(copy)
    return found


def gaps(found: SectionAudit) -> list[str]:
    """The sentences that nothing accounts for."""
    return [place.text for place in found.gaps]


class TestOneFinding:
    """Complete records, and one thing about them or the copy that is not right."""

    def test_complete_records_leave_nothing(self) -> None:
        """Every sentence is accounted for, and a fragment need not be."""
        found = audited(recorded())
        assert (gaps(found), found.stale) == ([], ())
        assert [one.id[-2:] for one in found.clauses] == ["01", "02", "03", "05"]
        assert [place.number for place in found.places] == [1, 2, 3, 4, 5, 6, 7]
        assert (found.count(Aside.OUTSIDE), found.count(Aside.REASON, Aside.OUTSIDE)) == (1, 2)

    @pytest.mark.parametrize("place", range(4))
    def test_a_removed_record_is_a_gap(self, place: int) -> None:
        """The numbers of those behind it follow from that, and are not findings of their own."""
        records = recorded()
        left = tuple(one for i, one in enumerate(records.clauses) if i != place)
        found = audited(replace(records, clauses=left))
        assert gaps(found) == [(WAIT, GO, ON, SHOUT)[place]]
        assert found.stale == ()

    @pytest.mark.parametrize(("kind", "text"), [(Aside.REASON, POLITE), (Aside.OUTSIDE, ASK)])
    def test_a_removed_aside_is_a_gap(self, kind: Aside, text: str) -> None:
        """Whether it counts among the normative sentences or not."""
        records = recorded()
        found = audited(replace(records, asides={k: v for k, v in records.asides.items() if k != kind}))
        assert gaps(found) == [text]
        assert found.stale == ()

    @pytest.mark.parametrize("old", [WAIT, GO, ON, SHOUT])
    def test_a_changed_sentence_of_a_clause_is_missing_and_stale(self, old: str) -> None:
        """The record of the old one is named."""
        records = recorded()
        found = audited(records, tuple(text if text != old else "It is new." for text in TEXT))
        [name] = [one.id for one in records.clauses if one.fingerprint == fingerprint(old)]
        assert gaps(found) == ["It is new."]
        assert found.stale[0] == f"{name}: its sentence is not in the copy"

    def test_a_changed_aside_is_missing_and_stale(self) -> None:
        """It is named by its reason and its fingerprint."""
        found = audited(recorded(), tuple(text if text != POLITE else "That is kind." for text in TEXT))
        assert gaps(found) == ["That is kind."]
        assert found.stale == (f"RFC9000-1: reason {fingerprint(POLITE)} is not in the copy",)

    @pytest.mark.parametrize("added", ["It MUST be new.", "It is new.", "A peer that is REQUIRED", "one; "])
    @pytest.mark.parametrize("place", [0, 3, 7])
    def test_an_added_sentence_is_a_gap(self, added: str, place: int) -> None:
        """With a keyword and without, wherever it stands; nothing else changes."""
        found = audited(recorded(), (*TEXT[:place], added, *TEXT[place:]))
        assert (gaps(found), found.stale) == ([added], ())
        assert found.gaps[0].number == place + 1

    @pytest.mark.parametrize("added", ["A | B", "Frame {", "and more..."])
    def test_an_added_fragment_is_none(self, added: str) -> None:
        """It demands nothing."""
        found = audited(recorded(), (*TEXT, added))
        assert (gaps(found), found.stale) == ([], ())

    def test_clauses_in_another_order_are_named(self) -> None:
        """Only the one that moved is."""
        found = audited(recorded(), (*TEXT[1:], WAIT))
        assert found.stale[0] == "RFC9000-1-01: its sentence stands elsewhere in it"
        assert len(found.stale) == 1
        assert gaps(found) == [WAIT]

    def test_two_swapped_clauses(self) -> None:
        """One of them is out of its place."""
        found = audited(recorded(), (GO, POLITE, WAIT, *TEXT[3:]))
        assert sum("stands elsewhere in it" in line for line in found.stale) == 1
        assert len(found.gaps) == 1

    @pytest.mark.parametrize("level", [level for level in Level if level != Level.MUST])
    def test_a_wrong_level_is_named_with_the_right_one(self, level: Level) -> None:
        """Stronger or weaker."""
        records = recorded()
        wrong = replace(records.clauses[0], level=level)
        found = audited(replace(records, clauses=(wrong, *records.clauses[1:])))
        assert found.stale == (f"RFC9000-1-01: level {level}, and the sentence has MUST",)
        assert gaps(found) == []

    def test_a_wrong_ordinal_is_named_with_the_right_one(self) -> None:
        """The place among the normative sentences, those beyond the scope included."""
        records = recorded()
        *others, last = records.clauses
        found = audited(replace(records, clauses=(*others, replace(last, id="RFC9000-1-04"))))
        assert found.stale == ("RFC9000-1-04: is number 5 among the normative sentences",)

    @pytest.mark.parametrize("kind", [kind for kind in Aside if kind != Aside.OUTSIDE])
    def test_a_keyword_put_aside_is_named(self, kind: Aside) -> None:
        """Unless it is put aside as beyond the scope, a sentence with a keyword is normative."""
        records = recorded((POLITE,))
        found = audited(replace(records, asides={kind: (fingerprint(WAIT),)}), (WAIT,))
        assert found.stale == (f"sentence 1 has the keyword MUST and was put aside as {kind}",)

    def test_a_keyword_beyond_the_scope_may_be_put_aside(self) -> None:
        """It is normative all the same."""
        found = audited(replace(recorded(()), asides={Aside.OUTSIDE: (fingerprint(WAIT),)}), (WAIT,))
        assert (gaps(found), found.stale) == ([], ())

    def test_a_missing_section_is_named(self) -> None:
        """Once for all of its records."""
        found = audited(recorded(), None)
        assert found.stale == (f"{GONE}, and 4 clauses are stale",)
        assert audited(recorded(()), ()).stale == ()

    def test_a_section_without_records_is_all_gaps(self) -> None:
        """And is named if the copy does not have it either."""
        found = audited(None)
        assert (gaps(found), found.title) == ([text for text in TEXT if text != ROW], "(no records)")
        assert audited(None, None).stale == (f"{GONE}, and 0 clauses are stale",)


class TestRows:
    """Rows of tables."""

    def test_where_rows_are_recorded_a_new_row_is_a_gap(self) -> None:
        """A row of which nothing is recorded demands nothing where no row is."""
        row, new = "0x1a | PATH_CHALLENGE", "0x1f | PATH_PROBE"
        assert gaps(audited(recorded((WAIT, row)), (WAIT, row, new))) == [new]
        assert gaps(audited(recorded((WAIT,)), (WAIT, new))) == []


class TestSections:
    """Sections of a copy that nobody has recorded."""

    @pytest.mark.parametrize(
        ("number", "noticed"), [("1.1", True), ("1.2", False), ("2", False), ("1.1.1", False), ("A", False)]
    )
    def test_a_section_right_below_one_in_scope_is_all_gaps(self, number: str, noticed: bool) -> None:
        """Unless the document puts it beyond the scope; elsewhere nothing was promised."""
        document = Document("RFC9000", "T", ("RFC 9000",), "standard", "u{section}", ("1",), ("1.2",))
        copy = Copy("x", "RFC 9000", "text", {"1": TEXT, number: ("It MUST dance.",)})
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("pathproof.spec.documents.load", lambda: {"RFC9000": document})
            patch.setattr("pathproof.spec.clauses.sections", lambda: {("RFC9000", "1"): recorded()})
            found = [(one.number, gaps(one)) for one in audit(copy) if one.gaps]
        assert found == ([(number, ["It MUST dance."])] if noticed else [])


class TestTwice:
    """A sentence that stands twice in a section."""

    def test_each_has_its_record(self) -> None:
        """In the order of the text."""
        text = (WAIT, GO, WAIT, POLITE, POLITE)
        found = audited(recorded(text), text)
        assert (gaps(found), found.stale) == ([], ())
        assert [one.id[-2:] for one in found.clauses] == ["01", "02", "03"]

    @pytest.mark.parametrize("text", [(WAIT, WAIT), (POLITE, POLITE), (WAIT, POLITE, WAIT)])
    def test_one_record_is_not_enough(self, text: tuple[str, ...]) -> None:
        """The second is a gap."""
        found = audited(recorded(text[:-1]), text)
        assert (gaps(found), found.stale) == ([text[-1]], ())

    def test_one_sentence_is_not_enough(self) -> None:
        """The second record is stale, of a clause or of an aside."""
        found = audited(recorded((WAIT, WAIT)), (WAIT,))
        line = "RFC9000-1-02: its sentence is recorded more often than it stands in it"
        assert (gaps(found), found.stale) == ([], (line,))
        found = audited(recorded((POLITE, POLITE)), (POLITE,))
        line = f"RFC9000-1: reason {fingerprint(POLITE)} is not in the copy"
        assert (gaps(found), found.stale) == ([], (line,))

    @pytest.mark.parametrize("text", [(ON, WAIT, ON), (ON, ON, WAIT), (WAIT, ON, ON)])
    def test_it_may_be_a_clause_once_and_an_aside_once(self, text: tuple[str, ...]) -> None:
        """Nothing tells which is which, and nothing is missing."""
        records = recorded(tuple(dict.fromkeys(text)))
        found = audited(replace(records, asides={Aside.FACT: (fingerprint(ON),)}), text)
        assert (gaps(found), found.stale) == ([], ())


PARTS = st.lists(st.sampled_from([*TEXT, "It ends.", "Wait!"]), min_size=1, max_size=12).map(tuple)


@given(PARTS)
def test_records_made_of_a_text_agree_with_it(text: tuple[str, ...]) -> None:
    """Whatever is repeated in it."""
    found = audited(recorded(text), text)
    assert (gaps(found), found.stale) == ([], ())


@given(PARTS, PARTS)
def test_records_made_of_another_text_do_not(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    """Unless they differ in fragments, or in where what is no clause stands."""
    told = [
        [text for text in said if text not in KINDS or KINDS[text] == Aside.OUTSIDE] for said in (one, other)
    ]
    aside = [sorted(text for text in said if KINDS.get(text)) for said in (one, other)]
    assume(told[0] != told[1] or aside[0] != aside[1])
    found = audited(recorded(one), other)
    assert found.gaps or found.stale


@given(st.lists(st.integers(0, 9), unique=True, min_size=2), st.data())
def test_few_are_named_if_few_moved(order: list[int], data: st.DataObject) -> None:
    """Moving one sentence makes one record stand elsewhere, however far it moved."""
    text = [f"It MUST be {'x' * place}." for place in order]
    records = recorded(tuple(text))
    moved = text.pop(data.draw(st.integers(0, len(text) - 1)))
    text.insert(data.draw(st.integers(0, len(text))), moved)
    found = audited(records, tuple(text))
    assert sum("stands elsewhere" in line for line in found.stale) == len(found.gaps) <= 1


def test_a_document_without_records_is_unknown() -> None:
    """By its name."""
    with pytest.raises(Unknown, match="no document is named 'RFC 1149'"):
        audit(Copy("x", "RFC 1149", "text", {"1": ("It flies.",)}))


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("It waits, and must.", Level.STATEMENT),
        ("It SHALL wait.", Level.MUST),
        ("It is REQUIRED to.", Level.MUST),
        ("It SHALL\n  NOT wait.", Level.MUST_NOT),
        ("It is RECOMMENDED.", Level.SHOULD),
        ("It is NOT\nRECOMMENDED.", Level.SHOULD_NOT),
        ("It is OPTIONAL.", Level.MAY),
        ("It MAY wait, SHOULD NOT go, and SHOULD ask.", Level.SHOULD),
        ("It SHOULD wait and MUST NOT go.", Level.MUST_NOT),
    ],
)
def test_level_of(sentence: str, level: Level) -> None:
    """The strongest keyword, and the words of BCP 14 that mean the same."""
    assert level_of(sentence) == level
