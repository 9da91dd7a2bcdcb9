"""`pathproof spec` as a user runs it: filters, what names a clause, coverage, and the audit of a copy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pathproof.conformance.cli.main import main
from pathproof.spec import clauses
from pathproof.spec.clause_record import Clause, Concept, Level, Role, Section
from pathproof.spec.fingerprint import fingerprint

COPY = "number: 9000\n--- middle\n# One\nAn endpoint MUST wait. That is polite. It MAY go on.\n"
TESTS = str(Path(__file__).parents[2])


def run(*arguments: str) -> int:
    """The exit status of a command."""
    with pytest.raises(SystemExit) as ended:
        main(["spec", *arguments])
    return int(ended.value.code or 0)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """What a command says as JSON, with status 0."""
    assert run(*arguments, "--json") == 0
    return json.loads(capsys.readouterr().out)


class TestList:
    """`pathproof spec list`."""

    def test_filters_add_up(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Each filter alone leaves more than both together, and what is left passes both."""
        both = said(capsys, "list", "--section", "19.15", "--level", "MUST")["clauses"]
        assert next(clause["id"] for clause in both) == "RFC9000-19.15-03"
        assert {clause["level"] for clause in both} == {"MUST"}
        every = said(capsys, "list")["clauses"]
        assert len(every) == len(clauses.load()) > len(both)

    @pytest.mark.parametrize(
        "filters",
        [
            ("--role", "load balancer"),
            ("--observable", "inside"),
            ("--concept", "path_validation"),
            ("--level", "must not"),
            ("--document", "QUICLB"),
        ],
    )
    def test_every_filter_leaves_some_and_not_all(
        self, capsys: pytest.CaptureFixture[str], filters: tuple[str, str]
    ) -> None:
        """The words are those that the records use; a level may be written small."""
        found = said(capsys, "list", *filters)["clauses"]
        assert 0 < len(found) < len(clauses.load())

    def test_a_section_includes_those_within_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        """9.3 stands for 9.3.1 to 9.3.3 too, and not for 9.30."""
        found = said(capsys, "list", "--section", "9.3", "--document", "RFC9000")["clauses"]
        numbers = {clause["id"].split("-")[1] for clause in found}
        assert numbers == {"9.3", "9.3.1", "9.3.2", "9.3.3"}

    def test_the_table_ends_with_the_count(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A person sees rule and count."""
        assert run("list", "--section", "19.18") == 0
        text = capsys.readouterr().out
        assert "RFC9000-19.18-04" in text and text.rstrip().endswith("clauses")

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (("--section", "99"), "no section is named '99'"),
            (("--document", "RFC9999"), "no document is named 'RFC9999'"),
            (("--level", "OUGHT"), "'OUGHT' is not one of"),
        ],
    )
    def test_bad_filters_are_one_line(
        self, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
    ) -> None:
        """What does not exist is named, with status 2."""
        assert run("list", *arguments) == 2
        error = capsys.readouterr().err
        assert message in error and error.count("\n") == 1


class TestShow:
    """`pathproof spec show`."""

    def test_a_clause_comes_with_all_that_names_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Action, claim, proof, rule, reading, mutant and test are listed."""
        found = said(capsys, "show", "RFC9000-5.1.1-13", "--tests", TESTS)
        kinds = {one["kind"] for one in found["named_by"]}
        assert {"action", "trace rule", "reading", "test"} <= kinds
        assert found["covered"] and found["reason"] is None
        assert "https://www.rfc-editor.org/rfc/rfc9000#section-5.1.1" in found["links"]

    def test_an_uncovered_clause_says_why(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Its home is to come."""
        assert run("show", "RFC9000-8.1.1-01") == 0
        assert "nothing covers it: the reference endpoint" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("name", "shown"),
        [("retire_overflow", "CONNECTION_ID_LIMIT_ERROR"), ("NEW_CONNECTION_ID", "stateless_reset_token")],
    )
    def test_readings_and_wire_items_are_shown_too(
        self, capsys: pytest.CaptureFixture[str], name: str, shown: str
    ) -> None:
        """As a table, and as JSON."""
        assert run("show", name) == 0
        assert shown in capsys.readouterr().out
        assert shown in json.dumps(said(capsys, "show", name))

    def test_an_unknown_id_is_one_line_with_near_ones(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A misspelt id is status 2."""
        assert run("show", "RFC9000-9.3.3-99") == 2
        error = capsys.readouterr().err
        assert "close: RFC9000-9.3.3-0" in error and error.count("\n") == 1

    @pytest.mark.parametrize("name", ["issue", "cid_supply.limit_is_kept", "new_connection_id"])
    def test_names_that_show_prints_can_be_shown(self, capsys: pytest.CaptureFixture[str], name: str) -> None:
        """An action, a claim, and an item of the wire image in small letters."""
        assert run("show", name) == 0
        assert "RFC9000-" in capsys.readouterr().out
        assert "RFC9000-" in json.dumps(said(capsys, "show", name))

    @pytest.mark.parametrize("name", ["9.3.3", "RFC9000-9.3.3"])
    def test_a_section_is_sent_to_the_list(self, capsys: pytest.CaptureFixture[str], name: str) -> None:
        """One line says what to type."""
        assert run("show", name) == 2
        assert "pathproof spec list --section 9.3.3" in capsys.readouterr().err


class TestOthers:
    """`pathproof spec readings` and `pathproof spec wire`."""

    def test_every_reading_is_listed_with_who_uses_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Some are judged by, some explored, and some wait."""
        found = {row["name"]: row["used_by"] for row in said(capsys, "readings")["readings"]}
        assert (found["excess"], found["late_response"]) == (["check", "explore"], ["explore"])
        assert [] in found.values()
        assert run("readings") == 0
        assert "challenge_answers" in capsys.readouterr().out

    def test_every_wire_item_is_listed(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Frames, parameters, packets and connection IDs."""
        kinds = {item["kind"] for item in said(capsys, "wire")["items"]}
        assert kinds == {"frame", "parameter", "packet", "connection id"}
        assert run("wire") == 0
        assert "PATH_CHALLENGE" in capsys.readouterr().out


class TestCoverage:
    """`pathproof spec coverage`."""

    def test_every_clause_is_covered_or_has_a_reason(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Status 0 means that there is no fault; each clause is one or the other."""
        found = said(capsys, "coverage", "--tests", TESTS)
        assert found["faults"] == [] and found["tests_read"]
        assert all(clause["covered"] != bool(clause["reason"]) for clause in found["clauses"])
        limit = next(clause for clause in found["clauses"] if clause["id"] == "RFC9000-5.1.1-13")
        assert limit["named_by"]["test"] and limit["named_by"]["action"]

    def test_tables_are_by_section_or_by_clause(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Without a filter a line a section, with one a line a clause."""
        assert run("coverage", "--tests", TESTS) == 0
        whole = capsys.readouterr().out
        assert "RFC9000 9.3.3" in whole and "RFC9000-9.3.3-02" not in whole
        assert "the machine multipath is to come" in whole
        assert run("coverage", "--section", "9.3.3", "--tests", TESTS) == 0
        assert "RFC9000-9.3.3-02" in capsys.readouterr().out

    def test_a_fault_is_status_1(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """A test that names a clause which does not exist is said."""
        mark = '@pytest.mark.clause("RFC9000-5.1.1-99")\ndef test_it():\n    pass\n'
        (tmp_path / "test_it.py").write_text(mark, encoding="utf-8")
        assert run("coverage", "--tests", str(tmp_path)) == 1
        assert "test test_it.py::test_it cites RFC9000-5.1.1-99" in capsys.readouterr().out

    def test_a_folder_without_marks_is_status_2(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        """It would look as if no clause were tested."""
        assert run("coverage", "--tests", str(tmp_path)) == 2
        assert "names a clause" in capsys.readouterr().err

    @pytest.mark.parametrize("columns", ["60", "80", "100", "140", "200"])
    @pytest.mark.parametrize("section", ["9.3.3", "5.1.1"])
    def test_ids_never_break(
        self,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
        columns: str,
        section: str,
    ) -> None:
        """However narrow the terminal, an id can be searched for and copied."""
        monkeypatch.setenv("COLUMNS", columns)
        for command in ("list", "coverage"):
            assert run(command, "--section", section, "--document", "RFC9000") == 0
            shown = capsys.readouterr().out
            assert f"RFC9000-{section}-01" in shown and f"RFC9000-{section}-04" in shown

    def test_a_test_that_cannot_be_read_is_status_2(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        """One line with the file."""
        (tmp_path / "test_it.py").write_text("def test_it(:\n", encoding="utf-8")
        assert run("coverage", "--tests", str(tmp_path)) == 2
        error = capsys.readouterr().err
        assert "test_it.py: line 1" in error and error.count("\n") == 1


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A copy of a document of one section with three sentences, and records that account for it."""
    must, why, may = "An endpoint MUST wait.", "That is polite.", "It MAY go on."
    binding = ((1, Level.MUST, must), (2, Level.MAY, may))
    found = tuple(
        Clause(f"RFC9000-1-0{i}", level, Role.ENDPOINT, Concept.CONNECTION, "R.", (), fingerprint(text))
        for i, level, text in binding
    )
    section = Section("RFC9000", "1", "One", found, asides={clauses.Aside.REASON: (fingerprint(why),)})
    document = clauses.documents.Document("RFC9000", "T", ("RFC 9000",), "standard", "u{section}", ("1",))
    monkeypatch.setattr("pathproof.spec.clauses.sections", lambda: {("RFC9000", "1"): section})
    monkeypatch.setattr("pathproof.spec.documents.load", lambda: {"RFC9000": document})
    path = tmp_path / "copy.md"
    path.write_text(COPY, encoding="utf-8")
    return path


class TestAudit:
    """`pathproof spec audit`."""

    def test_a_faithful_copy_is_status_0(self, small: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Nothing missing, nothing stale, and counts by level."""
        assert run("audit", str(small)) == 0
        assert "0 missing, 0 stale" in capsys.readouterr().out
        [audit] = said(capsys, "audit", str(small))["audits"]
        assert audit["sections"][0]["levels"]["MUST"] == 1

    def test_a_sentence_too_many_is_status_1(self, small: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """It is shown with the fingerprint that a record of it would have, markup and all."""
        small.write_text(COPY + "It [bold] MUST not\nstop.\n", encoding="utf-8")
        assert run("audit", str(small)) == 1
        text = capsys.readouterr().out
        assert "missing 1, sentence 4: It [bold] MUST not stop." in text
        assert fingerprint("It [bold] MUST not stop.") in text

    def test_a_changed_sentence_is_missing_and_stale(
        self, small: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The record of the old one is named."""
        small.write_text(COPY.replace("MUST wait", "SHOULD wait"), encoding="utf-8")
        assert run("audit", str(small)) == 1
        assert "RFC9000-1-01: its sentence is not in the copy" in capsys.readouterr().out

    def test_sentences_are_shown_with_their_records(
        self, small: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Each sentence has its clause or the reason why it is none."""
        assert run("audit", str(small), "--sentences") == 0
        text = capsys.readouterr().out
        assert "RFC9000-1-01 MUST" in text and "(reason)" in text

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"nothing to see\n", "no RFC number or draft name found"),
            (b"number: 9000\nno sections\n", "no numbered section found"),
            (b"\xff\xfe", "byte 0 is not UTF-8"),
            (b"Request for Comments: 1149\n\n1.  Birds\n\n   They fly.\n", "no document is named 'RFC 1149'"),
            (b'<rfc number="9000"><middle>', "not well-formed XML"),
        ],
    )
    def test_a_bad_file_is_one_line_and_the_others_are_audited(
        self, small: Path, capsys: pytest.CaptureFixture[str], content: bytes, message: str
    ) -> None:
        """Status 2, the file is named, and what could be read is reported all the same."""
        bad = small.with_name("bad.txt")
        bad.write_bytes(content)
        assert run("audit", str(bad), str(small)) == 2
        out, error = capsys.readouterr()
        assert message in error and "bad.txt" in error and error.count("\n") == 1
        assert "0 missing, 0 stale" in out

    def test_a_file_that_is_not_there_is_one_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Status 2."""
        assert run("audit", "not-here.txt") == 2
        assert capsys.readouterr().err == "pathproof: not-here.txt: No such file or directory\n"

    def test_a_section_out_of_scope_is_one_line(
        self, small: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Status 2, with the sections that are in scope close to it."""
        assert run("audit", str(small), "--section", "2") == 2
        assert "no section in scope is named '2'" in capsys.readouterr().err
