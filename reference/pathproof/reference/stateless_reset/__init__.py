"""Ending a connection whose state is lost: RFC 9000 10.3.

`tokens` derives and compares tokens, `sizes` says how large a reset is, `Resetter` makes resets at a bounded
rate.
"""

from pathproof.reference.stateless_reset.resetter import Resetter
from pathproof.reference.stateless_reset.sizes import is_large_enough, size_of_reset
from pathproof.reference.stateless_reset.tokens import TOKEN_SIZE, is_reset, token_of

__all__ = ["TOKEN_SIZE", "Resetter", "is_large_enough", "is_reset", "size_of_reset", "token_of"]
