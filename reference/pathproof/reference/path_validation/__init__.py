"""Whether the peer can be reached at an address: RFC 9000 8.2, and 19.17 and 19.18 for its two frames.

`Validation` is one attempt of ours on one path, `Responses` what we owe for the peer's challenges there.
"""

from pathproof.reference.path_validation.challenges import FULL_SIZE, Validation
from pathproof.reference.path_validation.responses import Responses

__all__ = ["FULL_SIZE", "Responses", "Validation"]
