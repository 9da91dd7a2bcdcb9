"""The abstract states of this machine, as a picture shows them."""

from __future__ import annotations

from pathproof.model.path_validation.state import Parameters, PathValidation, is_open, usable
from pathproof.model.vocabulary import count, is_empty, minus


def phase(s: PathValidation, p: Parameters) -> str:
    """What the validator is doing, and what it holds of the paths besides the handshake's."""
    if not is_open(s):
        return f"closed: {s.error}"
    return f"{doing(s)}, {knowing(s)}"


def doing(s: PathValidation) -> str:
    """Whether an attempt is running or about to begin."""
    if not is_empty(s.validating):
        return "validating"
    return "quiet" if is_empty(s.wanted) else "challenge to send"


def knowing(s: PathValidation) -> str:
    """The best that is known of the paths."""
    if count(usable(s)) > 1:
        return "two paths usable"
    if not is_empty(minus(s.reachable, s.fits)):
        return "MTU not validated"
    if is_empty(usable(s)):
        return "no path usable"
    if not is_empty(s.failed):
        return "a path failed"
    return "one path usable"
