"""Data files are read strictly, and a lookup that fails says what was meant."""

import pytest

from pathproof.spec import records


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"name": "x", "size": 1, "color": "red"}, "f.toml: unknown key 'color'"),
        ({"name": "x"}, "f.toml: missing key 'size'"),
        ({"name": 1, "size": 1}, "f.toml: 'name' is no str: 1"),
        ({"name": "x", "size": True}, "f.toml: 'size' is no int: True"),
        ({"name": "x", "size": 1, "links": [1]}, "f.toml: 'links' is no list: [1]"),
    ],
)
def test_check_refuses(record: records.Record, message: str) -> None:
    """An unknown key, a missing one, or a value of another type raises ValueError with the place."""
    with pytest.raises(ValueError) as raised:
        records.check(record, "f.toml", {"name": str, "size": int}, {"links": list})
    assert str(raised.value) == message


def test_parse_names_the_file() -> None:
    """A text that is not TOML raises ValueError with the name of its file."""
    with pytest.raises(ValueError, match=r"^broken\.toml: "):
        records.parse("= 1", "broken.toml")


def test_unknown_is_a_key_error_with_a_plain_message() -> None:
    """The message is not in quotes, and proposes what comes close only if something does."""
    assert issubclass(records.Unknown, KeyError)
    assert str(records.Unknown("clause", "zzz", ["RFC9000-5.1-01"])) == "no clause is named 'zzz'"
