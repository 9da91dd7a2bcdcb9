"""What a change of the peer's address does to validations: RFC 9000 9.3 and 9.3.2."""

from __future__ import annotations

from pathproof.model.path_validation.attempts import want
from pathproof.model.path_validation.state import Parameters, PathValidation, both, only
from pathproof.model.vocabulary import add, has, minus, union


def end_other_validations(s: PathValidation, p: Parameters, path: int) -> None:
    """All attempts may end but those for the new path and the former one, which 9.3.3-02 has validated.

    The reading `validation_failure` says whether they do so at once; `abandon` ends any of them later.
    """
    if p.validation_failure == "abandon":
        kept = add(only(s.validating, path), s.current)
        ended = minus(union(s.validating, s.wanted), kept)
        s.validating = both(s.validating, kept)
        s.small_only = both(s.small_only, kept)
        s.wanted = both(s.wanted, kept)
        s.abandoned = union(s.abandoned, ended)


def follow(s: PathValidation, path: int) -> None:
    """Packets go to the new address, which is validated unless it is already (9-04, 9.3-02)."""
    s.current = path
    if not has(s.reachable, path) and not has(s.validating, path):
        want(s, path)
