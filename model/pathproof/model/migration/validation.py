"""The server: which addresses it validates, and what follows (RFC 9000 8.2, 9-04, 9.3-02, 9.3-06)."""

from __future__ import annotations

from pathproof.model.migration.congestion import confirm_path
from pathproof.model.migration.paths import end_validation
from pathproof.model.migration.sending import allow, send_to
from pathproof.model.migration.state import Migration, Parameters
from pathproof.model.vocabulary import Numbers, add, discard, discard_below, get, has, minus, put, union


def needs_validation(s: Migration, p: Parameters, address: int) -> bool:
    """A peer address in use that is not validated is to be, but one seen before by `seen` (9.3-06)."""
    return p.rebinding_validation != "seen" or not was_seen(s, address)


def was_seen(s: Migration, address: int) -> bool:
    """The server sent to this address before: then it has a connection ID there."""
    return get(s.cid_at, address) > 0


def challenge_new(s: Migration, p: Parameters, address: int) -> None:
    """PATH_CHALLENGE goes to the new address first, as soon as a connection ID is there for it (9.3-03)."""
    if needs_validation(s, p, address):
        s.due = union(s.due, unless_known(s, p, address))


def unless_known(s: Migration, p: Parameters, address: int) -> Numbers:
    """The address, unless it was validated before (9-04), or its validation goes on already (9.3-02)."""
    return minus(minus(only(s, p, address), s.validated), s.validating)


def only(s: Migration, p: Parameters, address: int) -> Numbers:
    """This address alone."""
    return add(discard_below(s.due, p.addresses), address)


def challenge_probed(s: Migration, p: Parameters, address: int) -> None:
    """A server may validate a path that its peer probes."""
    if p.probed_path == "validated":
        s.due = union(s.due, unless_known(s, p, address))


def abandon_others(s: Migration, p: Parameters) -> None:
    """A change of address ends validations of other addresses, by `validation_failure` = abandon (9.3-07)."""
    if p.validation_failure == "abandon":
        here = only(s, p, s.current)
        s.due = minus(here, minus(here, s.due))
        s.validating = minus(here, minus(here, s.validating))


def begin_validation(s: Migration, p: Parameters, address: int) -> None:
    """PATH_CHALLENGE with new data goes to this address; answers to earlier data count no longer."""
    s.due = discard(s.due, address)
    s.validating = add(s.validating, address)
    s.answered = discard(s.answered, address)
    s.ticks = put(s.ticks, address, 0)
    send_to(s, p, address)


def is_timed(s: Migration, p: Parameters, address: int) -> bool:
    """The validation of this address is under way, and its timer has not ended (8.2.4-03)."""
    return has(s.validating, address) and get(s.ticks, address) < p.ptos


def has_run_out(s: Migration, p: Parameters, address: int) -> bool:
    """The timer of the validation of this address has ended, and nothing was done about it yet (8.2.4-03)."""
    return has(s.validating, address) and get(s.ticks, address) >= p.ptos


def count_pto(s: Migration, address: int) -> None:
    """A PTO has passed since the challenge."""
    s.ticks = put(s.ticks, address, get(s.ticks, address) + 1)


def is_marked(s: Migration, address: int) -> bool:
    """The first PATH_CHALLENGE bears an ECN mark; after a PTO without answer no further one does (9.2-06)."""
    return get(s.ticks, address) == 0


def confirm(s: Migration, p: Parameters, address: int) -> None:
    """PATH_RESPONSE has arrived: the peer owns the address that the challenge went to (8.2.3-02)."""
    end_validation(s, address)
    if not has(s.validated, address):
        s.validated = add(s.validated, address)
        allow(s, address)
        confirm_path(s, p, address)
        note_last_validated(s, address)


def note_last_validated(s: Migration, address: int) -> None:
    """The one to go back to is the address in use, once validated, or what was validated last (9.3.2-01)."""
    if has(s.validated, s.current):
        s.fallback = s.current
    elif has(s.validated, address) and has(s.heard, address):
        s.fallback = address
