"""The machine's own steps, with what they put out beside the state they leave."""

from __future__ import annotations

from pathproof.conformance.cid_supply.sets import EMPTY
from pathproof.model.cid_supply import CidSupply, Parameters
from pathproof.model.cid_supply.consumer import receive_new_connection_id
from pathproof.model.cid_supply.issuer import receive_retire_connection_id
from pathproof.model.cid_supply.state import OPEN
from pathproof.model.vocabulary import Numbers, union


def receive(
    s: CidSupply, p: Parameters, number: int, prior: int, length: int, cid: int, token: int
) -> tuple[str, Numbers]:
    """Step the consumer; return the error it closes with and the numbers it sends RETIRE_CONNECTION_ID for.

    A real endpoint may go on where the machine closes, so the error is taken out of the state again.
    """
    earlier, s.unacknowledged = s.unacknowledged, EMPTY
    receive_new_connection_id(s, p, number, prior, length, cid, token)
    owed, s.unacknowledged = s.unacknowledged, union(earlier, s.unacknowledged)
    error, s.error = s.error, OPEN
    return error, owed


def notice(s: CidSupply, p: Parameters, number: int, destination: int) -> str:
    """Step the issuer with RETIRE_CONNECTION_ID; return the error it closes with, out of the state again."""
    receive_retire_connection_id(s, p, number, destination)
    error, s.error = s.error, OPEN
    return error
