"""Connection IDs of QUIC-LB against the draft's vectors, where these are right, and as a bijection."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathproof.reference.load_balancing import Configuration, unroutable
from pathproof.reference.load_balancing.cipher import decrypt, encrypt, halves, keystream, without, xor

KEY = "8f95f09245765f80256934e50c66207f"
OTHER = "fdf726a9893ec05c0632d3956680baf0"

# Codepoint, server ID, nonce, key, connection ID: QUIC-LB B.1, B.2 and the example of 5.4.2.4.
VECTORS = [
    (0, "c4605e", "4504cc4f", None, "07c4605e4504cc4f"),
    (0, "ed793a", "ee080dbf", KEY, "0720b1d07b359d3c"),
    (1, "ed793a51d49b8f5fab65", "ee080dbf48", KEY, "2fcc381bc74cb4fbad2823a3d1f8fed2"),
    (2, "ed793a51d49b8f5f", "ee080dbf48c0d1e5", KEY, "504dd2d05a7b0de9b2b9907afb5ecf8cc3"),
    (0, "31441a", "9c69c275", OTHER, "0767947d29be054a"),
]


@pytest.mark.parametrize(("rotation", "server_id", "nonce", "key", "expected"), VECTORS)
def test_vectors_of_the_draft(
    rotation: int, server_id: str, nonce: str, key: str | None, expected: str
) -> None:
    """Each right vector is made, and read back."""
    server, once = bytes.fromhex(server_id), bytes.fromhex(nonce)
    configuration = Configuration(rotation, len(server), len(once), bytes.fromhex(key) if key else None)
    made = configuration.encode(server, once)
    assert made.hex() == expected
    assert configuration.decode(made) == server


def test_the_fourth_encrypted_vector_has_a_wrong_first_octet() -> None:
    """B.2 prints codepoint 0 and a length of 18 for codepoint 3; all octets behind the first agree."""
    server, once = bytes.fromhex("ed793a51d49b8f5fab"), bytes.fromhex("ee080dbf48c0d1e55d")
    made = Configuration(3, 9, 9, bytes.fromhex(KEY)).encode(server, once)
    printed = bytes.fromhex("125779c9cc86beb3a3a4a3ca96fce4bfe0cdbc")
    assert (made[0], printed[0]) == (0x72, 0x12)
    assert made[1:] == printed[1:]


def test_the_second_plaintext_vector_lacks_half_an_octet() -> None:
    """B.1 prints a nonce of nine digits, and a connection ID whose first octet says that nothing follows."""
    server, nonce, printed = "350d28b420", "3487d970b", "20a350d28b4203487d970b"
    assert printed[3:] == server + nonce
    made = Configuration(1, 5, 5).encode(bytes.fromhex(server), bytes.fromhex("0" + nonce))
    assert (made[0], int(printed[:2], 16)) == (0x2A, 0x20)


def test_the_worked_example_repeats_a_number_with_one_digit_wrong() -> None:
    """Step 10 of 5.4.2.4 has b334357c from AES, which fits its result, and b3e4357c in its exclusive or."""
    left_1, left_2 = 0xD4A04850, 0x67947D2C
    assert left_1 ^ 0xB334357C == left_2
    assert left_1 ^ 0xB3E4357C != left_2


def test_decryption_as_printed_clears_the_wrong_half() -> None:
    """5.5.2 clears bits of left_1 where it has made right_1: for an odd length that finds no server."""
    key, server, nonce = bytes.fromhex(OTHER), bytes.fromhex("31441a"), bytes.fromhex("9c69c275")
    cipher = encrypt(key, server + nonce)
    left, right = halves(cipher)
    left = without(xor(left, keystream(key, 7, 4, right)), 7, last=True)
    right = xor(right, keystream(key, 7, 3, left))
    left = without(left, 7, last=False)  # as printed; it is `right` that has four bits too many
    assert xor(left, keystream(key, 7, 2, right))[:3] != server
    assert decrypt(key, cipher)[:3] == server


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=5, max_size=19))
def test_decryption_undoes_encryption(key: bytes, text: bytes) -> None:
    """Every length from 5 to 19 octets comes back, under every key."""
    assert decrypt(key, encrypt(key, text)) == text


@given(st.integers(1, 15), st.integers(4, 18), st.booleans(), st.booleans(), st.data())
def test_the_server_is_found_again(
    server: int, nonce: int, hidden: bool, shown: bool, data: st.DataObject
) -> None:
    """Whatever the lengths, the decoder finds the server ID, and none under another codepoint."""
    if server + nonce > 19:
        return
    configuration = Configuration(2, server, nonce, bytes(16) if hidden else None, shown)
    server_id = data.draw(st.binary(min_size=server, max_size=server))
    made = configuration.encode(server_id, data.draw(st.binary(min_size=nonce, max_size=nonce)), random=21)
    assert len(made) == configuration.length
    assert configuration.decode(made) == server_id
    assert configuration.decode(made[:-1]) is None
    assert Configuration(3, server, nonce, configuration.key, shown).decode(made) is None


@pytest.mark.parametrize("wrong", [(7, 3, 4), (-1, 3, 4), (0, 0, 4), (0, 3, 3), (0, 10, 10)])
def test_configurations_out_of_range_are_refused(wrong: tuple[int, int, int]) -> None:
    """Reserved codepoint, empty server ID, short nonce, more than 20 octets."""
    with pytest.raises(ValueError, match="out of range"):
        Configuration(*wrong)


@pytest.mark.parametrize("length", [6, 20])
def test_an_unroutable_id_shows_its_length(length: int) -> None:
    """It has eight octets or more, with the codepoint that no configuration has."""
    assert unroutable(bytes(11))[0] == 0b11101011
    with pytest.raises(ValueError, match="random octets"):
        unroutable(bytes(length))
