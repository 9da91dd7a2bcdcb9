"""The constants of RFC 9000, held against what the RFC says of them elsewhere."""

from pathproof.spec import names


def test_error_codes_have_no_gap_and_keep_clear_of_the_handshake_range() -> None:
    """Section 20.1 assigns 0x00 to 0x10, and 0x0100 to 0x01ff to the handshake."""
    assert [int(code) for code in names.ErrorCode] == [*range(0x11)]
    assert (names.CRYPTO_ERROR[0], names.CRYPTO_ERROR[-1]) == (0x0100, 0x01FF)


def test_frame_types_follow_each_other() -> None:
    """Sections 19.15 to 19.18 assign 0x18 to 0x1b."""
    assert [int(frame) for frame in names.FrameType] == [0x18, 0x19, 0x1A, 0x1B]


def test_bounds() -> None:
    """62 bits of a variable-length integer, 8 to 160 bits of connection ID, 128 bits of token."""
    assert names.MAX_VARINT.bit_length() == 62
    assert (names.MIN_CONNECTION_ID_LENGTH * 8, names.MAX_CONNECTION_ID_LENGTH * 8) == (8, 160)
    assert names.STATELESS_RESET_TOKEN_LENGTH * 8 == 128
    assert names.DEFAULT_ACTIVE_CONNECTION_ID_LIMIT == names.MIN_ACTIVE_CONNECTION_ID_LIMIT == 2
