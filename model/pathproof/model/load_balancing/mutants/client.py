"""Bugs of clients behind whose packets a load balancer has to find the server."""

from __future__ import annotations

from pathproof.model.load_balancing.state import LoadBalancing, Parameters
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import add, has

recreates = Recreated()
CLIENT = "client"


@recreates("QL-07", replaces="is_fresh", cites=("RFC9000-9.5-03",), at=CLIENT)
def the_same_id_serves_every_path(s: LoadBalancing, number: int) -> bool:
    """The client migrates under the connection ID that it has used all along."""
    return has(s.arrived, number) and not has(s.retired, number)


@recreates(replaces="may_move", cites=("QUICLB-3.2-08",), at=CLIENT, start="unconfigured")
def disable_active_migration_is_ignored(s: LoadBalancing) -> bool:
    """The client migrates although the server has asked it not to."""
    return True


@recreates(replaces="leave_retired", cites=("RFC9000-5.1.2-10",), at=CLIENT)
def a_retired_id_stays_in_use(s: LoadBalancing, number: int) -> None:
    """The client goes on under a connection ID of the old configuration, which it has retired."""


@recreates(replaces="take_in", cites=("QUICLB-3.1-06",), at=CLIENT)
def retire_prior_to_is_ignored(s: LoadBalancing, number: int) -> None:
    """The client takes the new connection ID in and goes on under those of the old configuration."""
    s.arrived = add(s.arrived, number)


@recreates(replaces="client_times_out", cites=("RFC9000-21.11-03",), at=CLIENT, restarts="server")
def the_client_has_no_idle_timer(s: LoadBalancing, p: Parameters) -> bool:
    """A client goes on toward a server that has lost its connection."""
    return False
