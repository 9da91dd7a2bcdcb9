"""Bugs of instances that share a static key, and of a consumer that waits for ever."""

from __future__ import annotations

from pathproof.model.mutant import Recreated
from pathproof.model.stateless_reset.state import TO_OTHER, Parameters, StatelessReset

recreates = Recreated()


@recreates(
    replaces="other_may_reset",
    cites=("RFC9000-21.11-02",),
    at="another instance",
    cluster="silent_by_address",
    reset_oracle_exception="never",
)
def instances_answer_for_each_other(s: StatelessReset, p: Parameters, form: str) -> bool:
    """An instance answers any packet that it cannot attribute, though another may hold the connection."""
    return True


@recreates(
    replaces="steered",
    cites=("RFC9000-21.11-01", "QUICLB-9.5-01"),
    at="load balancer",
    cluster="rerouted",
)
def addresses_decide_about_the_instance(s: StatelessReset, p: Parameters) -> str:
    """The balancer sends packets with one connection ID to several instances, by their addresses."""
    return TO_OTHER


@recreates(
    replaces="token_elsewhere",
    cites=("RFC9000-21.11-01",),
    at="another instance",
    cluster="own_keys",
    reset_oracle_exception="never",
)
def every_instance_has_the_same_key(p: Parameters, number: int) -> int:
    """Instances that were to have a static key each have the same."""
    return number


@recreates(
    replaces="other_may_reset",
    cites=("RFC9000-21.11-03",),
    at="another instance",
    cluster="rerouted",
    attacker="nobody",
    cids=1,
)
def nobody_answers_for_what_is_out_of_reach(s: StatelessReset, p: Parameters, form: str) -> bool:
    """Packets that no longer reach their instance get no answer."""
    return False


@recreates(replaces="time_out", cites=("RFC9000-21.11-03",), at="consumer", cids=1, attacker="nobody")
def the_consumer_waits_for_ever(s: StatelessReset, p: Parameters) -> bool:
    """The consumer has no idle timeout."""
    return False
