"""What no step undoes, and what a step must do."""

from __future__ import annotations

from pathproof.model.load_balancing.actions import machine
from pathproof.model.load_balancing.configurations import newest_at
from pathproof.model.load_balancing.state import LoadBalancing, Number, Parameters, Server
from pathproof.model.vocabulary import get, has


@machine.step("QUICLB-3.1-05")
def no_id_is_made_with_an_old_configuration(s: LoadBalancing, after: LoadBalancing, p: Parameters) -> bool:
    """A connection ID that is made now bears the newest configuration of its server, or 0b111."""
    if after.issued == s.issued:
        return True
    made_with = get(after.made_with, s.issued)
    return made_with == p.configurations or made_with + 1 == newest_at(s, s.home - 1)


@machine.step("QUICLB-9.6-05", "QUICLB-3.2-04")
def an_id_is_unroutable_only_for_want_of_anything_else(
    s: LoadBalancing, after: LoadBalancing, p: Parameters
) -> bool:
    """0b111 is used by a server that has no configuration, or no nonce left for its newest one."""
    if after.issued == s.issued or get(after.made_with, s.issued) < p.configurations:
        return True
    newest = newest_at(s, s.home - 1)
    if newest == 0:
        return True
    return get(s.counter, newest - 1 if p.keys == "renewed" else 0) == p.nonces


@machine.step("QUICLB-3.1-03", fails_under={"delivery": "any_order"})
def a_server_is_configured_after_the_balancer(
    s: LoadBalancing, after: LoadBalancing, p: Parameters, server: Server
) -> bool:
    """A configuration comes to a server only after it has come to the load balancer."""
    return newest_at(after, server) == newest_at(s, server) or has(s.known, s.made)


@machine.step("QUICLB-3.2-08", "RFC9000-5.2.3-01")
def a_barred_client_does_not_move(s: LoadBalancing, after: LoadBalancing, p: Parameters) -> bool:
    """A client that was told not to migrate changes its 4-tuple only where a NAT does."""
    return s.here == after.here or s.barred == "no" or s.current == after.current


@machine.step("RFC9000-5.1.1-08")
def invalidated_stays_invalidated(
    s: LoadBalancing, after: LoadBalancing, p: Parameters, number: Number
) -> bool:
    """A server never takes a connection ID again whose retirement has arrived."""
    return not has(s.invalidated, number) or has(after.invalidated, number)


@machine.step("QUICLB-9-01")
def a_clear_id_is_followed_by_one_of_a_new_configuration(
    s: LoadBalancing, after: LoadBalancing, p: Parameters
) -> bool:
    """With `plaintext_supply=one` and no key, NEW_CONNECTION_ID comes only after a change."""
    if p.key != "none" or p.plaintext_supply == "several" or s.issued == 0 or after.issued == s.issued:
        return True
    made_with = get(after.made_with, s.issued)
    return made_with == p.configurations or made_with != get(s.made_with, s.issued - 1)


@machine.step("QUICLB-4.3.2-03")
def what_is_held_back_is_not_dropped(s: LoadBalancing, after: LoadBalancing, p: Parameters) -> bool:
    """What the load balancer holds back goes to the server that the later packet settles."""
    if s.held_back == "no" or after.held_back == "yes":
        return True
    return has(after.flight, 0) or after.astray == "in the handshake"


@machine.step("QUICLB-3.1-04", fails_under={"precaution": "none"})
def a_codepoint_is_used_anew_only_when_it_is_free(
    s: LoadBalancing, after: LoadBalancing, p: Parameters, number: Number
) -> bool:
    """While the load balancer decodes with a configuration, no other one takes its codepoint."""
    made_with = get(s.made_with, number)
    if after.made == s.made or made_with == p.configurations or number >= s.issued:
        return True
    return made_with + p.codepoints != after.made or not has(s.active, made_with)


@machine.step("QUICLB-4.3.1-01")
def the_fallback_is_a_function_of_the_4_tuple(s: LoadBalancing, after: LoadBalancing, p: Parameters) -> bool:
    """While the pool stays, the baseline fallback gives the same server for the same 4-tuple."""
    if get(s.hashed, s.here) == 0 or get(after.hashed, s.here) == 0:
        return True
    return get(after.hashed, s.here) == get(s.hashed, s.here)
