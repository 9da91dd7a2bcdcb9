"""What documents and messages say of fields, widths and values."""

from __future__ import annotations

import pytest

from pathproof.spec.wire_image import Amount, Field, Malformed, decode, item
from pathproof.spec.wire_image.amount import shown


@pytest.mark.parametrize(
    ("field", "width"),
    [
        (Field("number", "", varint=True), "varint"),
        (Field("number", "", bits=1), "1 bit"),
        (Field("number", "", bits=2), "2 bits"),
        (Field("text", "", bytes=Amount.of(1)), "1 byte"),
        (Field("text", "", bytes=Amount.of(16)), "16 bytes"),
        (Field("text", "", bytes=Amount.of("length")), "length bytes"),
        (Field("text", "", bytes=Amount.of("rest - 16")), "rest - 16 bytes"),
    ],
)
def test_widths(field: Field, width: str) -> None:
    """In words, with the singular where it is due."""
    assert field.width == width


def test_values() -> None:
    """A number is what it is, and bytes are counted."""
    assert shown("length", 0) == "length is 0"
    assert [shown("data", bytes(n)) for n in (0, 1, 2)] == [
        "data has 0 bytes",
        "data has 1 byte",
        "data has 2 bytes",
    ]


def test_a_refusal_names_item_value_and_error() -> None:
    """So that one line says what is wrong; the check and the item go with it."""
    frame = item("NEW_CONNECTION_ID")
    with pytest.raises(Malformed) as raised:
        decode(frame, bytes.fromhex("18020100") + bytes(16))
    assert str(raised.value) == "NEW_CONNECTION_ID: length is 0 (FRAME_ENCODING_ERROR)"
    assert raised.value.item is frame
    assert raised.value.error == raised.value.check.error == "FRAME_ENCODING_ERROR"


@pytest.mark.parametrize("written", [0, 20, "length", "length + 1", "rest - 16"])
def test_an_amount_is_written_as_it_was_read(written: int | str) -> None:
    """Documents show widths and bounds as the data files write them."""
    assert str(Amount.of(written)) == str(written)
    assert Amount.of(written) == Amount.of(str(written) if isinstance(written, str) else written)


@pytest.mark.parametrize(
    "written", ["", "a b", "length + x", "length * 2", "length + -1", "length +  ", "a + 1 + 2"]
)
def test_what_is_no_amount_is_refused(written: str) -> None:
    """A number, a name, or a name and a number added to it."""
    with pytest.raises(ValueError, match="neither a number nor a name"):
        Amount.of(written)
