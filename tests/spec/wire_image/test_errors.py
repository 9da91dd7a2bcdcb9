"""The error codes as data are the error codes as names, and what is wrong with such a file is said."""

from __future__ import annotations

import re

import pytest
from tests.spec.wire_image.made import ITEMS

from pathproof.spec import clauses
from pathproof.spec.names import ErrorCode
from pathproof.spec.wire_image import Item, citations, errors, load
from pathproof.spec.wire_image.errors import read

GOOD = 'source = "RFC 9000"\n[[error]]\nname = "NO_ERROR"\ncode = 0\nsays = "Nothing."\n'


def test_the_data_is_the_enumeration() -> None:
    """Every code with one value, by name and number, and no other."""
    assert {error.name: error.code for error in errors().values()} == {
        code.name: int(code) for code in ErrorCode
    }
    assert [*errors()] == [code.name for code in ErrorCode]
    assert all(error.says.endswith(".") for error in errors().values())


def test_clauses_of_an_error_name_it() -> None:
    """They are those whose rule does, and each of them exists."""
    limit = errors()["CONNECTION_ID_LIMIT_ERROR"]
    assert {"RFC9000-5.1.1-15", "RFC9000-5.1.2-13"} <= {*limit.clauses}
    for error in errors().values():
        assert all(error.name in clauses.clause(clause).rule for clause in error.clauses)
    assert not errors()["FINAL_SIZE_ERROR"].clauses


def codes_in(ids: tuple[str, ...]) -> set[str]:
    """The error codes that the rules of these clauses name."""
    text = " ".join(clauses.clause(clause).rule for clause in ids)
    return {name for name in ErrorCode.__members__ if re.search(rf"\b{name}\b", text)}


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)
def test_what_an_item_cites_exists_and_speaks_of_its_errors(item: Item) -> None:
    """Where clauses of a check name an error code it is the check's, and where packets are dropped they name
    none."""
    assert [clauses.clause(clause).id for clause in item.clauses] == [*item.clauses]
    for check in item.all_checks:
        named = codes_in(check.clauses)
        assert not named or check.error in named, check.says


def test_rules_do_name_error_codes() -> None:
    """So that what is held against them is held against something."""
    assert codes_in(("RFC9000-19.15-03",)) == {"FRAME_ENCODING_ERROR"}
    cited = [check for item in ITEMS for check in item.all_checks if codes_in(check.clauses)]
    assert {check.error for check in cited} == {
        "FRAME_ENCODING_ERROR",
        "PROTOCOL_VIOLATION",
        "TRANSPORT_PARAMETER_ERROR",
    }


def test_every_item_and_check_with_clauses_is_a_citation() -> None:
    """Nothing that names a clause is left out, and a name is given once."""
    found = [*citations()]
    expected = [item.name for item in ITEMS]
    expected += [f"{item.name}: {check.says}" for item in ITEMS for check in item.all_checks if check.clauses]
    assert sorted(name for name, _ in found) == sorted(expected)
    assert len({name for name, _ in found}) == len(found)
    assert {*load()} == {item.name for item in ITEMS}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("= 1", r"^e\.toml: "),
        ("", "e.toml: missing key 'source'"),
        (GOOD + 'colour = "red"', "e.toml: NO_ERROR: unknown key 'colour'"),
        ('colour = "red"\n' + GOOD, "e.toml: unknown key 'colour'"),
        (GOOD.replace("code = 0", 'code = "0"'), "e.toml: NO_ERROR: 'code' is no int: '0'"),
        (GOOD.replace("code = 0\n", ""), "e.toml: NO_ERROR: missing key 'code'"),
        (GOOD + GOOD[GOOD.index("[") :], "e.toml: NO_ERROR: its name or code is taken"),
        (
            GOOD + GOOD[GOOD.index("[") :].replace("NO_ERROR", "OTHER"),
            "e.toml: OTHER: its name or code is taken",
        ),
        ('source = "x"\nerror = 1', "e.toml: no array of tables: 1"),
    ],
)
def test_a_bad_file_is_refused_with_its_name(text: str, message: str) -> None:
    """File and record come first, and the fault after them."""
    with pytest.raises(ValueError, match=message):
        read(text, "e.toml")
    assert read(GOOD, "e.toml")["NO_ERROR"].code == 0
