"""The server: what follows when nobody answers its challenge (RFC 9000 9.3.2, 8.2.4)."""

from __future__ import annotations

from pathproof.model.migration.congestion import return_to_path
from pathproof.model.migration.paths import discard_connection, end_validation, forget
from pathproof.model.migration.state import Migration, Parameters
from pathproof.model.migration.validation import challenge_new
from pathproof.model.vocabulary import discard, has, put


def fail(s: Migration, p: Parameters, address: int) -> None:
    """The validation of this address is given up (8.2.4-05).

    Whether that of an address which is not in use has the server revert is the reading `failed_elsewhere`.
    """
    end_validation(s, address)
    if has(s.validated, address):
        drop_former(s, p, address)
    elif address == s.current:
        fall_back(s, p)
    elif address != s.fallback:
        forget(s, p, address)
        fail_elsewhere(s, p)


def fail_elsewhere(s: Migration, p: Parameters) -> None:
    """An address that was left before did not answer, and the one in use is not validated (9.3.2-01).

    What is in use may still answer, so that its validation goes on when the server turns back from it.
    """
    if p.failed_elsewhere == "ignored" or s.current == s.fallback:
        return
    if has_last_validated(s, p):
        go_back_to_validated(s, p)
    else:
        discard_connection(s, p)


def drop_former(s: Migration, p: Parameters, address: int) -> None:
    """The former path did not answer (9.3.3): a server may go on to hold it for the last validated, or not.

    By 8.2.4-05 the path is unusable, by 9.3.2-01 the last validated address is the one to go back to.
    """
    if p.former_failed == "dropped" and address != s.current and address == s.fallback:
        s.validated = discard(s.validated, address)
        s.allowance = put(s.allowance, address, 0)


def has_last_validated(s: Migration, p: Parameters) -> bool:
    """The server has state about a last validated address that is not the failed one."""
    if p.former_failed == "dropped" and not has(s.validated, s.fallback):
        return False
    return p.remembers == "yes" and s.fallback != s.current


def fall_back(s: Migration, p: Parameters) -> None:
    """The server goes back to the peer address validated last (9.3.2-01), or discards all (9.3.2-04)."""
    failed = s.current
    if has_last_validated(s, p):
        go_back_to_validated(s, p)
        forget(s, p, failed)
    else:
        discard_connection(s, p)


def go_back_to_validated(s: Migration, p: Parameters) -> None:
    """The server sends to the last validated address, as if it had not left it."""
    return_to_path(s)
    s.current = s.fallback
    challenge_new(s, p, s.current)
