"""Data files of the wire image: what no item can have is refused with file and record."""

from __future__ import annotations

from importlib.resources import files

import pytest

from pathproof.spec import records
from pathproof.spec.wire_image import Malformed, decode, encode, item, load
from pathproof.spec.wire_image.load import collect, read

FRAME = """
name = "PING_LIKE"
kind = "frame"
says = "A frame."
clauses = []
packets = ["1-RTT"]
[truncated]
error = "FRAME_ENCODING_ERROR"
says = "it ends too early"
source = "S"
[misplaced]
error = "PROTOCOL_VIOLATION"
says = "it stands elsewhere"
source = "S"
[[field]]
name = "type"
says = "The type."
varint = true
value = 0x42
[[field]]
name = "length"
says = "The length."
bits = 8
[[field]]
name = "data"
says = "The data."
bytes = "length"
[[check]]
field = "length"
says = "there is something"
least = 1
error = "FRAME_ENCODING_ERROR"
source = "S"
"""
PARAMETER = """
name = "rest_like"
kind = "parameter"
says = "A parameter."
clauses = []
identifier = 5
[[field]]
name = "value"
says = "All of it."
bytes = "rest"
"""


def refusal(text: str, file: str = "ping_like.toml") -> str:
    """Why a file is refused."""
    with pytest.raises(ValueError) as raised:
        read(text, file)
    return str(raised.value)


def test_the_files_that_others_are_changed_from_are_good() -> None:
    """Without a change they are read, and what they hold works."""
    frame, parameter = read(FRAME, "ping_like.toml"), read(PARAMETER, "rest_like.toml")
    assert decode(frame, encode(frame, {"length": 2, "data": b"ab"})).values["data"] == b"ab"
    assert decode(parameter, b"abc").values == {"value": b"abc"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kind =", "kinds =", "unknown key 'kinds'"),
        ('kind = "frame"\n', "", "missing key 'kind'"),
        ('"frame"', '"framed"', "'framed' is no kind of item"),
        ('"PING_LIKE"', '"PONG_LIKE"', "holds PONG_LIKE"),
        ("clauses = []", "clauses = [1]", "'clauses' is no list: [1]"),
        ("varint = true", "varint = true\nbits = 8", "field type: has 2 widths instead of one"),
        ("varint = true\n", "", "field type: has 0 widths instead of one"),
        ("bits = 8", "bits = 0", "field length: has no width"),
        ("bits = 8", "bits = -8", "field length: has no width"),
        ("bits = 8", "varint = false", "field length: has no width"),
        ("bits = 8", "bits = '8'", "field length: 'bits' is no int: '8'"),
        ("bits = 8", "bits = true", "field length: 'bits' is no int: True"),
        ("bits = 8", "bits = 7", "field data: does not begin at a whole byte"),
        ('bytes = "length"', "bits = 12", "does not end at a whole byte"),
        ('bytes = "length"', "bytes = 0", "field data: has 0 bytes"),
        ('bytes = "length"', "bytes = -1", "field data: has -1 bytes"),
        ('bytes = "length"', "bytes = true", "field data: True is neither a number nor a name"),
        ('bytes = "length"', "bytes = 1.5", "field data: 1.5 is neither a number nor a name"),
        ('bytes = "length"', "bytes = ['length']", "field data: ['length'] is neither a number nor a name"),
        ('bytes = "length"', "bytes = 'length+1'\nvalue=1", "field data: no number length+1 comes before it"),
        (
            'bytes = "length"',
            "bytes = 'length * 2'",
            "field data: 'length * 2' is neither a number nor a name",
        ),
        ('bytes = "length"', "bytes = 'width'", "field data: no number width comes before it"),
        ('bytes = "length"', "bytes = 'data'", "field data: no number data comes before it"),
        ('bytes = "length"', "bytes = 'size'", "field data: no number size comes before it"),
        (
            'bytes = "length"',
            "bytes = 'rest - 2'",
            "field data: does not leave what the fields behind it take",
        ),
        ("bits = 8", "bytes = 'rest'", "field length: does not leave what the fields behind it take"),
        ("bits = 8", "bits = 8\nvalue = 256", "field length: its value 256 does not fit"),
        ("bits = 8", "bits = 8\nvalue = -1", "field length: its value -1 does not fit"),
        (
            "value = 0x42",
            "value = 0x4000000000000000",
            "field type: its value 4611686018427387904 does not fit",
        ),
        ('bytes = "length"', "bytes = 1\nvalue = 1", "field data: its value 1 does not fit"),
        ("value = 0x42\n", "", "a frame begins with a variable-length integer of a fixed value"),
        ('name = "data"', 'name = "length"', "the name 'length' is taken"),
        ('name = "data"', 'name = "size"', "the name 'size' is taken"),
        ('name = "data"', 'name = "rest"', "the name 'rest' is taken"),
        ("clauses = []", "clauses = []\ngiven = ['data']", "the name 'data' is taken"),
        ('packets = ["1-RTT"]', 'packets = ["1RTT"]', "a frame, and nothing else, has packets among"),
        ('packets = ["1-RTT"]\n', "", "a frame, and nothing else, has packets among"),
        (
            '["1-RTT"]',
            '["Initial", "0-RTT", "Handshake", "1-RTT"]',
            "'misplaced' is there if a place can be wrong",
        ),
        ("[misplaced]", "[barred]\npackets = ['0RTT']", "'barred' names packets"),
        ("[misplaced]", "[barred]", "'barred' names packets"),
        ("[misplaced]", "[barred]\npackets = ['0-RTT']", "'misplaced' is there if a place can be wrong"),
        ("[misplaced]", "[barred]\npackets = '1-RTT'", "barred: 'packets' is no list: '1-RTT'"),
        ("[truncated]", "[truncation]", "unknown key 'truncation'"),
        ("it ends too early", "x\ny", "Illegal character"),
        ("clauses = []", "clauses = []\nidentifier = 1", "a parameter, and nothing else, has an identifier"),
        ("clauses = []", "clauses = []\nsender = 'server'", "'server' is no sender"),
        ("least = 1", "lest = 1", "check of length: unknown key 'lest'"),
        ("least = 1", "least = true", "check of length: True is neither a number nor a name"),
        ("least = 1", "least = 'sequence_number'", "check of length: there is no field sequence_number"),
        ("least = 1\n", "", "check of length: asks for nothing"),
        ("least = 1", "multiple_of = 0", "check of length: multiple of 0"),
        ("least = 1", "multiple_of = 1", "check of length: asks for nothing"),
        ("least = 1", "shortest = true", "check of length: only a variable-length integer can be longer"),
        ("least = 1", "least = 1\nshortest = 1", "check of length: 'shortest' is no bool: 1"),
        ('field = "length"', 'field = "lenght"', "check of lenght: there is no field lenght"),
        ('field = "length"', 'field = "rest"', "check of rest: there is no field rest"),
        ('field = "length"\n', "", "check of None: missing key 'field'"),
        ("[[check]]", "[check]", "no array of tables"),
        ("[[field]]", "[[feild]]", "unknown key 'feild'"),
    ],
)
def test_what_no_item_can_have_is_refused(old: str, new: str, message: str) -> None:
    """The message begins with the file, and goes on with the record where the fault is in one."""
    assert old in FRAME
    found = refusal(FRAME.replace(old, new, 1))
    assert found.startswith("ping_like.toml: ")
    assert message in found


@pytest.mark.parametrize("part", ["truncated", "misplaced", "check of length"])
def test_an_error_is_known_and_comes_from_somewhere(part: str) -> None:
    """An unknown code is refused, and so is a check that names neither a clause nor another source."""
    start = FRAME.index("[[check]]" if part.startswith("check") else f"[{part}]")
    head, tail = FRAME[:start], FRAME[start:]
    unknown = head + tail.replace('error = "', 'error = "ODD_', 1)
    assert refusal(unknown).startswith(f"ping_like.toml: {part}: there is no error code ODD_")
    nowhere = head + tail.replace('source = "S"\n', "", 1)
    assert refusal(nowhere) == f"ping_like.toml: {part}: names neither a clause nor another source"
    dropped = head + tail.replace('source = "S"\n', "", 1).replace(
        tail.split('error = "')[1].split('"')[0], "drop", 1
    )
    assert refusal(dropped) == f"ping_like.toml: {part}: names neither a clause nor another source"
    keyed = head + tail.replace('source = "S"\n', 'source = "S"\nclause = "C"\n', 1)
    assert refusal(keyed) == f"ping_like.toml: {part}: unknown key 'clause'"


@pytest.mark.parametrize("part", ["truncated", "misplaced"])
def test_checks_on_ends_and_places_compare_nothing(part: str) -> None:
    """They have no field and no bound, and are not optional."""
    for key in ("least = 1", 'field = "length"', "optional = true"):
        found = refusal(FRAME.replace(f"[{part}]", f"[{part}]\n{key}"))
        assert found == f"ping_like.toml: {part}: unknown key '{key.split()[0]}'"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("identifier = 5\n", "", "a parameter, and nothing else, has an identifier"),
        ("identifier = 5", "identifier = -1", "the identifier -1 is no variable-length integer"),
        ("identifier = 5", "identifier = 4611686018427387904", "is no variable-length integer"),
        ("identifier = 5", "identifier = 5\nsender = 'client'", "'client' is no sender"),
        (
            "identifier = 5",
            "identifier = 5\nsender = 'server'",
            "'misplaced' is there if a place can be wrong",
        ),
        ("identifier = 5", "identifier = 5\npackets = ['1-RTT']", "a frame, and nothing else, has packets"),
        (
            "[[field]]",
            "barred = {packets = ['0-RTT'], error = 'drop', says = 'x', source = 'S'}\n[[field]]",
            "nothing but a frame is barred",
        ),
        ('bytes = "rest"', "bytes = 2", "'truncated' is there if an end can be wrong"),
        (
            "[[field]]",
            "truncated = {error = 'drop', says = 'x', source = 'S'}\n[[field]]",
            "'truncated' is there",
        ),
    ],
)
def test_what_no_parameter_can_have_is_refused(old: str, new: str, message: str) -> None:
    """Identifier, sender and end belong together."""
    assert old in PARAMETER
    found = refusal(PARAMETER.replace(old, new, 1), "rest_like.toml")
    assert found.startswith("rest_like.toml: ")
    assert message in found


def test_two_items_are_told_apart() -> None:
    """No two parameters have one identifier, and no two frames one type."""
    other = PARAMETER.replace("rest_like", "other_like")
    with pytest.raises(ValueError, match=r"^other_like\.toml: 0x5 is the parameter of rest_like\.toml$"):
        collect([("rest_like.toml", PARAMETER), ("other_like.toml", other)])
    pong = FRAME.replace("PING", "PONG")
    with pytest.raises(ValueError, match=r"^pong_like\.toml: 0x42 is the frame of ping_like\.toml$"):
        collect([("ping_like.toml", FRAME), ("pong_like.toml", pong)])
    apart = [
        ("rest_like.toml", PARAMETER),
        ("other_like.toml", other.replace("= 5", "= 66")),
        ("ping_like.toml", FRAME),
    ]
    assert [*collect(apart)] == ["rest_like", "other_like", "PING_LIKE"]


def test_bounds_of_what_an_item_can_have() -> None:
    """The largest identifier and the smallest multiple are in order."""
    largest = read(PARAMETER.replace("= 5", f"= {2**62 - 1}"), "rest_like.toml")
    assert largest.identifier == 2**62 - 1
    even = read(FRAME.replace("least = 1", "multiple_of = 2"), "ping_like.toml")
    assert even.checks[0].multiple_of == 2


def test_packets_need_no_fields() -> None:
    """An item of nothing is odd, and no reason to fail in any other way than by its bytes."""
    nothing = 'name = "nothing"\nkind = "packet"\nsays = "N."\nclauses = []\n'
    end = '[truncated]\nerror = "drop"\nsays = "it is not empty"\nsource = "S"\n'
    [found] = collect([("nothing.toml", nothing + end)]).values()
    assert decode(found, b"").values == {}
    with pytest.raises(Malformed):
        decode(found, b"\x00")


def test_every_data_file_is_one_item() -> None:
    """Each file of the folder is loaded, under the name it holds."""
    folder = files("pathproof.spec") / "wire_data"
    assert sorted(file.name for file in folder.iterdir()) == sorted(f"{name.lower()}.toml" for name in load())
    assert all(item(name).name == name for name in load())


def test_an_unknown_item_is_a_key_error_that_says_what_comes_close() -> None:
    """As for clauses and readings."""
    with pytest.raises(
        records.Unknown, match="no wire item is named 'PATH_CHALENGE' \\(close: PATH_CHALLENGE"
    ):
        item("PATH_CHALENGE")
