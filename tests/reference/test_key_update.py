"""Key updates: either side, reordering, and what a peer may not do (RFC 9001 6)."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from aioquic.tls import CipherSuite
from hypothesis import given, settings
from hypothesis import strategies as st

from pathproof.reference import packet
from pathproof.reference.errors import ProtocolError, Undecryptable, name_of
from pathproof.reference.key_update import KEPT, PhasedProtection
from pathproof.reference.keys import keys_of
from pathproof.reference.packet import read_header
from pathproof.reference.protection import CONFIDENTIALITY_LIMIT

SUITE = CipherSuite.AES_128_GCM_SHA256
PTO = 0.1


@dataclass
class Side:
    """One endpoint: it seals packets one after the other, and opens what it is given."""

    protection: PhasedProtection
    number: int = 0
    largest: int = -1
    now: float = 0.0
    opened: list[int] = field(default_factory=list)

    def send(self) -> bytes:
        """The next packet; its payload is its number."""
        header = packet.write_short_header(b"", self.number, 4, self.protection.phase)
        sealed = self.protection.seal(header, str(self.number).encode(), self.number)
        self.number += 1
        return sealed

    def receive(self, sealed: bytes) -> int:
        """Open a packet, and return its Key Phase bit."""
        header = read_header(sealed, 0, lambda follows: 0)
        number, payload, first = self.protection.open(sealed, header, self.largest, self.now, PTO)
        assert payload == str(number).encode()
        self.largest = max(self.largest, number)
        self.opened.append(number)
        return first >> 2 & 1

    def hears(self, other: Side, number: int) -> None:
        """An acknowledgment of a packet, in a packet that the other side sends now."""
        phase = self.receive(other.send())
        self.protection.acknowledged(number, phase, self.now, PTO)


def sides() -> tuple[Side, Side]:
    """Two endpoints whose handshake is confirmed."""
    here, there = (keys_of(SUITE, bytes([n]) * 32) for n in (1, 2))
    made = []
    for write, read in ((here, there), (there, here)):
        protection = PhasedProtection(write=write, confirmed=True)
        protection.install_read(read)
        made.append(Side(protection))
    return made[0], made[1]


def update(here: Side, there: Side) -> None:
    """One side updates, the other follows, and both know it."""
    there.receive(here.send())
    here.hears(there, here.number - 1)
    here.now += 10
    there.now += 10
    assert here.protection.initiate(here.now)
    there.receive(here.send())
    here.hears(there, here.number - 1)


def test_an_update_moves_both_sides() -> None:
    """Twice, so that the bit comes back, with other keys each time."""
    here, there = sides()
    secrets = set()
    for phase in (1, 0):
        update(here, there)
        assert here.protection.phase == there.protection.phase == phase
        assert here.protection.write and there.protection.read
        assert here.protection.write.secret == there.protection.read.secret
        secrets.add(here.protection.write.secret)
    assert len(secrets) == 2
    assert here.protection.updates == there.protection.updates == 2


def test_no_update_before_it_is_permitted() -> None:
    """Not before the handshake is confirmed (RFC9001-6.1-09), before an acknowledgment in this phase
    (RFC9001-6.1-10), and within three PTOs of one that confirmed an update (RFC9001-6.5-09)."""
    here, there = sides()
    here.protection.confirmed = False
    assert not here.protection.initiate(0)
    there.receive(here.send())
    here.hears(there, 0)
    assert not here.protection.initiate(0)
    here.protection.confirmed = True
    assert here.protection.initiate(0)
    assert not here.protection.initiate(100)
    here.hears(there, 0)  # of the phase before
    assert not here.protection.initiate(100)
    there.receive(here.send())
    here.hears(there, 1)
    assert not here.protection.initiate(KEPT * PTO * 0.99)
    assert here.protection.initiate(KEPT * PTO)


def test_packets_from_before_an_update_open_for_three_ptos() -> None:
    """At the side that follows; then the old keys are gone (RFC9001-6.5-10, RFC9001-6.5-11)."""
    here, there = sides()
    late = [here.send(), here.send()]
    update(here, there)
    there.receive(late[0])
    there.now += KEPT * PTO
    with pytest.raises(Undecryptable):
        there.receive(late[1])
    assert there.protection.failures.count == 1


def test_the_initiator_keeps_old_keys_until_the_peer_follows() -> None:
    """However long that takes (RFC9001-6.1-13)."""
    here, there = sides()
    there.receive(here.send())
    here.hears(there, 0)
    assert here.protection.initiate(0)
    for _ in range(3):
        here.now += 100
        assert here.receive(there.send()) == 0
    assert here.protection.deadline is None
    there.receive(here.send())
    assert here.receive(there.send()) == 1
    assert here.protection.deadline == here.now + KEPT * PTO
    here.protection.expire(here.now + KEPT * PTO)
    assert here.protection.deadline is None


def test_old_keys_after_newer_ones_end_the_connection() -> None:
    """A packet under newer keys with a number below one under older keys (RFC9001-6.4-04, RFC9001-6.4-05)."""
    here, there = sides()
    there.receive(here.send())
    here.hears(there, 0)
    old = here.protection.write
    assert here.protection.initiate(0)
    newer = here.send()
    here.protection.write, here.protection.phase = old, 0
    there.receive(here.send())
    with pytest.raises(ProtocolError) as caught:
        there.receive(newer)
    assert name_of(caught.value.code) == "KEY_UPDATE_ERROR"


def test_newer_keys_below_old_ones_end_the_connection_later_too() -> None:
    """The same, when the packet under old keys opens with those that are kept."""
    here, there = sides()
    there.receive(here.send())
    here.hears(there, 0)
    old = here.protection.write
    assert here.protection.initiate(0)
    early, newer = here.send(), here.protection.write
    here.protection.write, here.protection.phase = old, 0
    wrong = here.send()
    here.protection.write, here.protection.phase = newer, 1
    there.receive(here.send())
    there.receive(wrong)
    with pytest.raises(ProtocolError, match="KEY_UPDATE_ERROR"):
        there.receive(early)


def test_old_keys_do_not_acknowledge_newer_packets() -> None:
    """RFC9001-6.2-10."""
    here, there = sides()
    there.receive(here.send())
    here.hears(there, 0)
    assert here.protection.initiate(0)
    here.send()
    with pytest.raises(ProtocolError, match="KEY_UPDATE_ERROR"):
        here.hears(there, 1)


def test_an_update_is_due_before_the_keys_wear_out() -> None:
    """At three quarters of the confidentiality limit, if it is permitted by then (RFC9001-6.6-03); and at the
    limit the connection ends (RFC9001-6.6-05)."""
    here, there = sides()
    there.receive(here.send())
    here.hears(there, 0)
    here.protection.sealed = CONFIDENTIALITY_LIMIT[SUITE] // 4 * 3 - 1
    assert not here.protection.initiate_if_due(0)
    here.send()
    assert here.protection.initiate_if_due(0)
    assert here.protection.sealed == 0
    here.protection.sealed = CONFIDENTIALITY_LIMIT[SUITE]
    with pytest.raises(ProtocolError, match="AEAD_LIMIT_REACHED"):
        here.send()


def test_a_forged_key_phase_moves_nothing() -> None:
    """A packet whose bit was flipped is dropped, whatever its number is, and nothing changes."""
    here, there = sides()
    flipped = bytearray(here.send())
    flipped[0] ^= 0x04
    with pytest.raises(Undecryptable):
        there.receive(bytes(flipped))
    assert (there.protection.phase, there.protection.updates, there.protection.failures.count) == (0, 0, 1)


def test_nothing_opens_or_goes_out_without_keys() -> None:
    """Before the handshake has made them."""
    here, _ = sides()
    empty = Side(PhasedProtection())
    with pytest.raises(Undecryptable):
        empty.receive(here.send())
    with pytest.raises(ValueError, match="no keys"):
        empty.send()
    assert not empty.protection.initiate_if_due(0)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3), st.booleans()), max_size=60))
def test_honest_sides_never_lose_touch(moves: list[tuple[bool, int, bool]]) -> None:
    """Both send, and update when they may; packets come late, by up to three others. Each one opens unless it
    missed two updates, and nobody closes."""
    here, there = sides()
    held: dict[int, list[tuple[int, bytes]]] = {0: [], 1: []}
    for first, late, updates in moves:
        side, other = (here, there) if first else (there, here)
        if updates:
            side.protection.initiate(side.now)
        queue = held[int(first)]
        queue.append((side.protection.updates, side.send()))
        if len(queue) > late:
            generation, sealed = queue.pop(late)
            if other.protection.updates - generation > 1:
                with pytest.raises(Undecryptable):
                    other.receive(sealed)
                continue
            phase = other.receive(sealed)
            if side.largest >= 0 and generation == side.protection.updates:
                other.protection.acknowledged(side.largest, phase, other.now, 0.0)
        assert abs(here.protection.updates - there.protection.updates) <= 1
