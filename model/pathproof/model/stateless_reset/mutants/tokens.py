"""Bugs in which tokens are given out, remembered, compared and forgotten."""

from __future__ import annotations

from pathproof.model.mutant import Recreated
from pathproof.model.stateless_reset import consumer
from pathproof.model.stateless_reset.consumer import common, compared, in_use, take_in
from pathproof.model.stateless_reset.state import Parameters, StatelessReset
from pathproof.model.vocabulary import Numbers, add, discard, has, is_empty, minus

recreates = Recreated()
RULE_IN_USE = consumer.in_use  # kept from before any mutant is in place
RULE_MATCHES = consumer.matches


@recreates(
    "S2-07", "MV-14", replaces="keeps_handshake_token", cites=("RFC9000-10.3.1-03",), at="consumer", cids=1
)
def the_handshake_token_is_forgotten(p: Parameters) -> bool:
    """The token of the transport parameters is not remembered."""
    return False


@recreates("QG-21", replaces="void", cites=("RFC9000-10.3.1-08",), at="consumer", attacker="nobody")
def retired_tokens_stay_for_a_while(s: StatelessReset, p: Parameters) -> Numbers:
    """The token of a retired connection ID is compared for some time yet."""
    return s.acknowledged


@recreates("NG-06", "MS-07", replaces="void", cites=("RFC9000-10.3-10",), at="consumer", attacker="nobody")
def retired_tokens_stay(s: StatelessReset, p: Parameters) -> Numbers:
    """The token of a retired connection ID is compared for ever."""
    return minus(s.retired, s.retired)


@recreates(
    "NG-07", "NX-24", replaces="in_use", cites=("RFC9000-10.3.1-08",), at="consumer", rogue_issuer="yes"
)
def unused_tokens_are_compared(s: StatelessReset, p: Parameters) -> Numbers:
    """The tokens of connection IDs that were never used are compared too."""
    return minus(s.tokened, s.retired)


@recreates("QG-26", replaces="in_use", cites=("RFC9000-10.3.1-03",), at="consumer", attacker="nobody")
def probed_tokens_are_not_compared(s: StatelessReset, p: Parameters) -> Numbers:
    """The tokens of connection IDs that were taken for probing are not compared."""
    return minus(RULE_IN_USE(s, p), s.probed)


@recreates("CQ-09", replaces="in_use", cites=("RFC9000-10.3.1-03",), at="consumer", attacker="nobody")
def only_the_handshake_token_is_compared(s: StatelessReset, p: Parameters) -> Numbers:
    """Tokens of NEW_CONNECTION_ID are stored and never compared."""
    return common(RULE_IN_USE(s, p), add(minus(s.used, s.used), s.first))


@recreates("LX-10", replaces="in_use", cites=("RFC9000-10.3.1-03",), at="consumer", attacker="nobody")
def the_first_token_is_skipped(s: StatelessReset, p: Parameters) -> Numbers:
    """The token of sequence number 0 is never compared, to be rid of a default of zeros."""
    return discard(RULE_IN_USE(s, p), s.first)


@recreates(
    "QN-27", "S2-23", replaces="compared", cites=("RFC9000-10.3.1-04",), at="consumer", cids=1, beyond=3
)
def any_address_will_do(s: StatelessReset, p: Parameters, address: int) -> Numbers:
    """A token is accepted from any remote address."""
    return in_use(s, p)


@recreates(
    "QL-15",
    "LX-10",
    replaces="matches",
    cites=("RFC9000-10.3-05",),
    at="consumer",
    handshake_token="absent",
    attacker="guesser",
    cids=1,
)
def zeros_stand_for_no_token(s: StatelessReset, p: Parameters, token: int, address: int) -> bool:
    """Where no token was given, 16 bytes of zero are taken for it."""
    if token == p.cids:
        return not is_empty(minus(s.used, s.tokened))
    return RULE_MATCHES(s, p, token, address)


@recreates(
    replaces="matches",
    cites=("RFC9000-10.3.1-04",),
    at="consumer",
    rogue_issuer="yes",
    token_reuse="ignore",
    attacker="nobody",
    beyond=3,
)
def tokens_are_taken_for_those_of_their_issuer(
    s: StatelessReset, p: Parameters, token: int, address: int
) -> bool:
    """What the issuer computes for a connection ID ends the connection, though another token came with it."""
    return token != p.cids and has(compared(s, p, address), token)


@recreates(
    replaces="matches",
    cites=("RFC9000-10.3.1-03",),
    at="consumer",
    rogue_issuer="yes",
    token_reuse="ignore",
    attacker="nobody",
    beyond=3,
)
def a_token_goes_with_its_first_connection_id(
    s: StatelessReset, p: Parameters, token: int, address: int
) -> bool:
    """A token that came twice is void when the first of its connection IDs is retired."""
    return token != p.cids and has(minus(compared(s, p, address), s.copied), token)


@recreates("LS-12", replaces="token_of", cites=("RFC9000-10.3.2-07",), at="issuer", attacker="nobody")
def one_token_serves_all(p: Parameters, number: int) -> int:
    """The same token is sent for several connection IDs."""
    return 0


@recreates("KW-07", replaces="is_predictable", cites=("RFC9000-10.3.2-01",), at="issuer", cids=1, beyond=3)
def tokens_are_predictable(s: StatelessReset, token: int) -> bool:
    """Whoever has tokens of its own connections can compute those of others."""
    return True


@recreates("QN-26", replaces="comparison_time", cites=("RFC9000-10.3.1-09",), at="consumer", cids=1, beyond=3)
def comparison_stops_at_the_first_difference(agreeing: int) -> int:
    """The comparison of tokens takes longer the more of their bytes agree."""
    return agreeing


@recreates(
    replaces="handshake_token_is_given", cites=("RFC9000-18.2-08",), at="issuer", issuer="client", cids=1
)
def clients_give_a_token_too(p: Parameters) -> bool:
    """A client sends stateless_reset_token."""
    return p.handshake_token == "sent" and p.zero_length == "no"


@recreates(
    replaces="handshake_token_is_given", cites=("RFC9000-10.3.2-03",), at="issuer", zero_length="yes", cids=1
)
def an_empty_connection_id_gets_a_token(p: Parameters) -> bool:
    """A token is derived from an empty connection ID."""
    return p.issuer == "server" and p.handshake_token == "sent"


@recreates(
    replaces="take_in_copy",
    cites=("RFC9000-10.3.2-08",),
    at="consumer",
    rogue_issuer="yes",
    attacker="nobody",
)
def a_token_that_comes_twice_is_taken_in(s: StatelessReset, p: Parameters, number: int) -> None:
    """A consumer that means to look for repeated tokens takes one in."""
    take_in(s, p, number)
    s.copied = add(s.copied, number)


@recreates(
    replaces="next_connection_id",
    cites=("RFC9000-10.3.2-05", "RFC9000-10.3.2-06"),
    at="issuer",
    connections=2,
    cids=1,
    attacker="nobody",
)
def a_new_connection_takes_an_old_connection_id(s: StatelessReset) -> int:
    """A new connection begins under the connection ID of the one before."""
    return s.first
