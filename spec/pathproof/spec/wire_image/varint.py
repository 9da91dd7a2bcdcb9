"""Variable-length integers (RFC 9000, Section 16): two bits of length, then 6, 14, 30 or 62 bits of value.

`word` and `value` are arithmetic alone, so that the very same functions run on Python integers and, in the
proofs, on bit vectors of a solver.
"""

from __future__ import annotations

from typing import Any

from pathproof.spec.names import MAX_VARINT

SIZES = (1, 2, 4, 8)
"""The bytes that a variable-length integer may take; the first two bits of the first byte say which."""


def size_of(value: int) -> int:
    """Return the fewest bytes that hold `value`.

    Raises
    ------
    ValueError
        If `value` is negative or has more than 62 bits.

    Examples
    --------
    >>> [size_of(value) for value in (0, 63, 64, 16383, 16384, 2**30, 2**62 - 1)]
    [1, 1, 2, 2, 4, 8, 8]
    """
    if not 0 <= value <= MAX_VARINT:
        raise ValueError(f"{value} does not fit into a variable-length integer: it holds 0 to 2^62 - 1")
    return next(size for size in SIZES if value < 1 << bits_of(size))


def bits_of(size: int) -> int:
    """Return the bits of value in an integer of `size` bytes.

    >>> [bits_of(size) for size in SIZES]
    [6, 14, 30, 62]
    """
    return 8 * size - 2


def word(value: Any, size: int) -> Any:
    """Return the bytes, as one big-endian number, of `value` in `size` bytes; `value` has to fit.

    >>> hex(word(15293, 2))
    '0x7bbd'
    """
    return value | (SIZES.index(size) << bits_of(size))


def value(word: Any, size: int) -> Any:
    """Return the value that `size` bytes, as one big-endian number, hold.

    >>> value(0x7BBD, 2)
    15293
    """
    return word & ((1 << bits_of(size)) - 1)


def read(data: bytes, offset: int) -> tuple[int, int] | None:
    """Return value and size of the integer at `offset`, or None if the data ends within it.

    >>> read(bytes.fromhex("c2197c5eff14e88c"), 0)
    (151288809941952652, 8)
    """
    if offset >= len(data):
        return None
    size = SIZES[data[offset] >> 6]
    if offset + size > len(data):
        return None
    return value(int.from_bytes(data[offset : offset + size], "big"), size), size


def write(number: int, size: int = 0) -> bytes:
    """Return `number` in `size` bytes, or in as few as it takes.

    Raises
    ------
    ValueError
        If it does not fit, or no integer has this size.

    Examples
    --------
    >>> write(37).hex(), write(37, 2).hex()
    ('25', '4025')
    """
    size = size or size_of(number)
    if size not in SIZES:
        raise ValueError(f"a variable-length integer has 1, 2, 4 or 8 bytes, not {size}")
    if size < size_of(number):
        raise ValueError(f"{number} does not fit into {size} bytes")
    return int(word(number, size)).to_bytes(size, "big")
