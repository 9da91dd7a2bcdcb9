"""The end that issues connection IDs: RFC 9000 5.1.1, and 19.16 for what comes back to it."""

from __future__ import annotations

from pathproof.model.cid_supply.state import OPEN, PROTOCOL_VIOLATION, CidSupply, Parameters
from pathproof.model.vocabulary import Numbers, add, count, is_empty, larger, missing, put


def counted(s: CidSupply, p: Parameters, prior: int) -> Numbers:
    """What counts toward the consumer's limit once it has applied a frame with this Retire Prior To.

    Issued and not retired counts (RFC9000-5.1.1-09). What the same frame takes away need not (5.1.1-14); the
    reading `excess` says whether the issuer makes use of that.
    """
    return missing(s.invalidated, 0 if p.excess == "never" else prior, s.issued)


def limit_is_respected(s: CidSupply, p: Parameters, prior: int) -> bool:
    """One more connection ID, in a frame with this Retire Prior To, stays within the limit (5.1.1-13)."""
    return count(counted(s, p, prior)) < p.limit


def prior_is_below_number(number: int, prior: int) -> bool:
    """Retire Prior To is at most the frame's own sequence number (19.15-09)."""
    return prior <= number


def retirement_is_outstanding(s: CidSupply) -> bool:
    """Something that Retire Prior To asked for has not been retired yet."""
    return not is_empty(missing(s.invalidated, 0, s.retire_prior_to))


def may_raise(s: CidSupply, p: Parameters, prior: int) -> bool:
    """An issuer that waits raises Retire Prior To only when all is retired (5.1.2-14).

    A smaller value than before has no effect (19.15-11); the option `lower_prior` says whether it is sent.
    """
    if p.raises == "waits" and prior > s.retire_prior_to and retirement_is_outstanding(s):
        return False
    return prior >= s.retire_prior_to or p.lower_prior == "sent"


def may_issue(p: Parameters) -> bool:
    """An issuer that chose a zero-length connection ID issues no other (5.1.1-21, 19.15-04)."""
    return p.zero_length == "no"


def issue_next(s: CidSupply, prior: int) -> None:
    """The next connection ID takes the next sequence number (5.1.1-06)."""
    s.sent_prior = put(s.sent_prior, s.issued, prior)
    s.retire_prior_to = larger(s.retire_prior_to, prior)
    s.issued = s.issued + 1


def was_issued(s: CidSupply, number: int) -> bool:
    """The sequence number was sent to the peer."""
    return number < s.issued


def names_own_destination(number: int, destination: int) -> bool:
    """RETIRE_CONNECTION_ID names the destination of the packet that carries it (19.16-07)."""
    return number == destination


def retirement_error(s: CidSupply, p: Parameters, number: int, destination: int) -> str:
    """The error that a RETIRE_CONNECTION_ID meets, which came in a packet to `destination`."""
    if p.zero_length == "yes":
        return PROTOCOL_VIOLATION  # 19.16-10
    if not was_issued(s, number):
        return PROTOCOL_VIOLATION  # 19.16-06
    if names_own_destination(number, destination) and p.self_retire == "close":
        return PROTOCOL_VIOLATION  # 19.16-08
    return OPEN


def receive_retire_connection_id(s: CidSupply, p: Parameters, number: int, destination: int) -> None:
    """The issuer processes RETIRE_CONNECTION_ID (5.1.1-08): packets to `number` are accepted no longer."""
    s.error = retirement_error(s, p, number, destination)
    if s.error == OPEN:
        s.invalidated = add(s.invalidated, number)
