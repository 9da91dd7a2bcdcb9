"""The packets that connection IDs are managed in: who sent which frame, and which rules look at it."""

from __future__ import annotations

from pathproof.conformance.cid_supply.direction import MOST_ACTIVE, Direction, InFlight
from pathproof.conformance.cid_supply.ledger import STRANGER
from pathproof.conformance.cid_supply.moments_of_supply import Answer, Offer, Receipt
from pathproof.conformance.cid_supply.moments_of_use import Notice, Retirement, Use
from pathproof.conformance.cid_supply.sets import EMPTY
from pathproof.conformance.cid_supply.step import notice, receive
from pathproof.conformance.cid_supply.unseen import DESTINATION, PACKET_NUMBERS, SOME_LENGTH
from pathproof.conformance.events import Ack, Missing, NewConnectionId, Packet, RetireConnectionId
from pathproof.conformance.judge.debts import Ranges, covers
from pathproof.conformance.judge.notes import Notes
from pathproof.conformance.judge.obligations import Obligations
from pathproof.conformance.judge.registry import apply
from pathproof.model.cid_supply.issuer import prior_is_below_number, was_issued
from pathproof.model.vocabulary import has, missing, put


class Frames:
    """Hands the frames of 1-RTT and 0-RTT packets to the two directions.

    `sent` counts the packets that the endpoint has sent. `skips` are its duties about numbers it has passed
    over, `advice` those about connection IDs it should replace. `frameless` says that some packet's frames
    are not logged.
    """

    def __init__(
        self, own: Direction, theirs: Direction, local: Obligations, peer: Obligations, notes: Notes
    ) -> None:
        """Begin before the first packet."""
        self.own = own
        self.theirs = theirs
        self.local = local
        self.peer = peer
        self.notes = notes
        self.sent = 0
        self.frameless = False
        self.skips = Obligations("local", notes, own.settings)
        self.advice = Obligations("local", notes, own.settings)

    def packet(self, packet: Packet) -> None:
        """Take in one packet."""
        if not packet.frames:
            self._frameless()
        if packet.sent:
            self.sent += 1
            self._from(packet, self.sent, self.own, self.theirs, self.local)
        else:
            number = None if isinstance(packet.number, Missing) else packet.number
            self._from(packet, number, self.theirs, self.own, self.peer)

    def _from(
        self, packet: Packet, order: int | None, issued: Direction, consumed: Direction, duties: Obligations
    ) -> None:
        """Take in a packet of the side that issues in `issued` and consumes in `consumed`."""
        if packet.type == "1RTT":
            self._use(packet, order, consumed, duties)
        for frame in packet.frames:
            if isinstance(frame, Ack):
                self._acknowledge(packet, frame.ranges, order)
            elif isinstance(frame, NewConnectionId):
                self._offer(packet, frame, issued)
            elif isinstance(frame, RetireConnectionId):
                self._retire(packet, frame, order, consumed, duties)
        self._progress(packet, order, duties)

    def _frameless(self) -> None:
        """No frame of a packet is logged: nothing is whole, and nothing was done or left undone."""
        self.frameless = True
        for direction in (self.own, self.theirs):
            direction.whole = False
        for duties in (self.local, self.peer, self.skips, self.advice):
            duties.interrupted()

    def _use(self, packet: Packet, order: int | None, consumed: Direction, duties: Obligations) -> None:
        """A packet of the consumer bears one of the issuer's connection IDs."""
        if isinstance(packet.destination, Missing):
            if consumed.announced:
                self.notes.blind("RFC9000-5.1.2-04", consumed.consumer, DESTINATION)
            if duties.debts:
                self.notes.blind("RFC9000-5.1.2-10", consumed.consumer, DESTINATION)
            return
        number = consumed.names.number(packet.destination)
        if number is None:
            return
        if order is None:
            self.notes.blind("RFC9000-5.1.2-04", consumed.consumer, PACKET_NUMBERS)
            return
        if number not in consumed.latest or consumed.latest[number][0] < order:
            consumed.latest[number] = (order, packet)
        if consumed.announced or duties.debts or consumed.s.prior > 0:
            apply("use", Use(consumed, packet, number, order, duties), self.notes)

    def _acknowledge(self, packet: Packet, ranges: Ranges, order: int | None) -> None:
        """ACK: the sender has processed these packets (13.2.1)."""
        if packet.sent:
            self.local.acknowledged(ranges, self.sent)
            self.advice.acknowledged(ranges, self.sent)
            return
        self.skips.acknowledged(ranges, self.sent)
        for number in [number for number in self.own.in_flight if covers(ranges, number)]:
            for sent in self.own.in_flight.pop(number):
                self._receive(self.own, sent, order)

    def _progress(self, packet: Packet, order: int | None, duties: Obligations) -> None:
        """An ack-eliciting packet shows that its sender goes on."""
        if packet.sent and self.theirs.repeat:
            apply("answer", Answer(self.theirs, packet, duties), self.notes)
        if order is None or packet.type != "1RTT":
            return
        followed = (duties, self.skips, self.advice) if packet.sent else (duties,)
        if any(each.debts for each in followed) and any(frame.ack_eliciting for frame in packet.frames):
            for each in followed:
                each.went_on(order)

    def _offer(self, packet: Packet, frame: NewConnectionId, issued: Direction) -> None:
        """NEW_CONNECTION_ID: sent by the endpoint, or received by it."""
        number, d = frame.sequence_number, issued
        if d.crowded:
            d.whole = False
            return
        cid = d.names.cid_name(number, frame.connection_id)
        token = d.names.token_name(number, frame.token)
        passed = missing(EMPTY, d.s.issued, number)
        in_turn, before = d.s.issued == number, d.s.retire_prior_to
        known = d.names.known(number)
        d.active += not known
        prior = 0 if isinstance(frame.retire_prior_to, Missing) else frame.retire_prior_to
        first = not known and d.issue(number, prior if prior_is_below_number(number, prior) else 0)
        offer = Offer(d, packet, frame, cid, token, first, in_turn, passed, before, self.skips, self.advice)
        apply("offer", offer, self.notes)
        sent = InFlight(packet, frame, cid, token, known)
        if not d.local_issues:
            self._receive(d, sent, None)
        elif not isinstance(packet.number, Missing):
            d.remember(packet.number, sent)
        if offer.agrees:
            d.names.record(number, frame.connection_id, frame.token)

    def _receive(self, d: Direction, sent: InFlight, since: int | None) -> None:
        """The consumer has processed NEW_CONNECTION_ID, and says so in its packet of the order `since`."""
        frame, number = sent.frame, sent.frame.sequence_number
        prior = 0 if isinstance(frame.retire_prior_to, Missing) else frame.retire_prior_to
        length = SOME_LENGTH if isinstance(frame.length, Missing) else frame.length
        error, owed = receive(d.s, d.p, number, prior, length, sent.cid, sent.token)
        duties = self.peer if d.local_issues else self.local
        receipt = Receipt(d, sent.packet, frame, sent.cid, sent.token, sent.known, error, owed, since, duties)
        apply("receipt", receipt, self.notes)

    def _retire(
        self,
        packet: Packet,
        frame: RetireConnectionId,
        order: int | None,
        consumed: Direction,
        duties: Obligations,
    ) -> None:
        """RETIRE_CONNECTION_ID: sent by the endpoint, or received by it."""
        d, known = consumed, not isinstance(packet.destination, Missing)
        held = None if isinstance(packet.destination, Missing) else d.names.number(packet.destination)
        destination = STRANGER if held is None else held
        retirement = Retirement(d, packet, frame, destination, known, order)
        apply("retirement", retirement, self.notes)
        duties.answered(frame.sequence_number)
        unheard = not was_issued(d.s, frame.sequence_number)
        if not unheard or (not d.local_issues and len(d.announced) < MOST_ACTIVE):
            d.retire(frame.sequence_number, order)
        if d.local_issues:
            self._notice(retirement)

    def _notice(self, retirement: Retirement) -> None:
        """The endpoint processes RETIRE_CONNECTION_ID for one of its own connection IDs."""
        d, number = retirement.direction, retirement.number
        fresh = not has(d.s.invalidated, number)
        error = notice(d.s, d.p, number, retirement.destination)
        apply("notice", Notice(retirement, error, fresh, self.local, self.advice), self.notes)
        d.s.sent_prior = put(d.s.sent_prior, number, 0)  # asked for no more: the table stays small
