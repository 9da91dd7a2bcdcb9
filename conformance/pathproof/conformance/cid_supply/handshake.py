"""What the handshake says about connection IDs: numbers 0 and 1, limits, lengths (5.1.1, 7.3, 18.2)."""

from __future__ import annotations

from pathproof.conformance.cid_supply.direction import Direction
from pathproof.conformance.cid_supply.parameter_rules import Statement, limit_is_allowed
from pathproof.conformance.events import Missing, Packet, Parameters, Trace
from pathproof.conformance.judge.notes import Notes
from pathproof.conformance.judge.obligations import Obligations
from pathproof.conformance.judge.registry import apply
from pathproof.conformance.judge.verdicts import Subject, other
from pathproof.spec.names import DEFAULT_ACTIVE_CONNECTION_ID_LIMIT


class Handshake:
    """Enters into both directions what long headers and transport parameters show.

    The connection ID of a Retry packet and the destination that a client invents have no number (5.1.1-07).
    """

    def __init__(
        self, trace: Trace, own: Direction, theirs: Direction, local: Obligations, peer: Obligations
    ) -> None:
        """Begin with what is known without any event: only servers have a preferred address."""
        self._zero_is_silence = trace.dialect == "other"
        self._duties = {"local": local, "peer": peer}
        self._issued: dict[Subject, Direction] = {"local": own, "peer": theirs}
        self._first: dict[Subject, bytes] = {}
        self._sworn: set[Subject] = set()
        if trace.vantage != "unknown":
            client: Subject = "local" if trace.vantage == "client" else "peer"
            self._issued[client].preferred_known = True

    def packet(self, packet: Packet) -> None:
        """A long header bears the sender's number 0 as its source, unless parameters have said better."""
        sender: Subject = "local" if packet.sent else "peer"
        if sender not in self._sworn and not isinstance(packet.source, Missing):
            self._first_id(sender, packet.source)

    def _first_id(self, issuer: Subject, cid: bytes) -> None:
        """Number 0 of an issuer is this connection ID."""
        if self._first.get(issuer) == cid:
            return
        direction = self._issued[issuer]
        self._first[issuer] = cid
        direction.names.rename_first(cid)
        direction.length_known = True
        direction.learn(zero_length="no" if cid else "yes")

    def parameters(self, stated: Parameters, order: int, notes: Notes) -> None:
        """One side's transport parameters; `order` is that of the latest packet the endpoint sent."""
        owner: Subject = "local" if stated.owner == "local" else "peer"
        issued, consumed = self._issued[owner], self._issued[other(owner)]
        if not isinstance(stated.initial_source_connection_id, Missing):
            self._sworn.add(owner)
            self._first_id(owner, stated.initial_source_connection_id)
        if not isinstance(stated.stateless_reset_token, Missing):
            issued.names.record(0, Missing.NOT_LOGGED, stated.stateless_reset_token)
        duties = self._duties[other(owner)]
        apply("parameters", Statement(consumed, issued, stated, duties, order, self._zero_is_silence), notes)
        _preferred(issued, stated)
        self._limit(consumed, stated.active_connection_id_limit)

    def _limit(self, consumed: Direction, limit: int | Missing) -> None:
        """Take in a limit: the default where it is absent, the larger one where two are logged."""
        if limit is Missing.ABSENT:
            limit = DEFAULT_ACTIVE_CONNECTION_ID_LIMIT
        if isinstance(limit, Missing) or not limit_is_allowed(limit):
            return
        if not consumed.limit_known or limit > consumed.p.limit:
            consumed.learn(limit=limit)
            consumed.limit_known = True


def _preferred(issued: Direction, stated: Parameters) -> None:
    """A preferred address supplies number 1 (5.1.1-04), an absent one leaves it to NEW_CONNECTION_ID."""
    cid = stated.preferred_address_connection_id
    if cid is Missing.ABSENT:
        issued.preferred_known = True
    elif not isinstance(cid, Missing) and cid:
        issued.supply_preferred()
        issued.names.record(1, cid, stated.preferred_address_token)
