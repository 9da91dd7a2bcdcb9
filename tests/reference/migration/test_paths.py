"""What moves a connection, what validates a path, and what happens when nobody answers."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathproof.reference.cid_supply import Consumer
from pathproof.reference.frames import NewConnectionId, Padding, PathChallenge, Ping
from pathproof.reference.migration import NoSpareConnectionId, Path, Paths
from pathproof.reference.migration.highest_packet import is_probing
from pathproof.reference.migration.paths import MOST_PATHS

SERVER, HOME, CELL, PORT = (
    ("192.0.2.1", 443),
    ("198.51.100.1", 1000),
    ("203.0.113.1", 2000),
    ("198.51.100.1", 1001),
)


class Story:
    """Paths of a server, or of a client, that are told what happens."""

    def __init__(self, is_client: bool = False, spare: int = 3) -> None:
        self.consumer = Consumer(b"0" * 8, limit=8)
        for number in range(1, spare + 1):
            self.consumer.receive(NewConnectionId(number, 0, bytes([number]) * 8, bytes([number]) * 16))
        local, remote = (HOME, SERVER) if is_client else (SERVER, HOME)
        first, numbers = Path(local, remote), count()
        first.is_validated = first.is_of_full_size = first.ledger.validated = True
        self.told: list[tuple[str, str]] = []
        self.paths = Paths(
            first,
            self.consumer,
            is_client,
            lambda size: next(numbers).to_bytes(size),
            lambda word, path: self.told.append((word, path.local[0] if is_client else path.remote[0])),
        )
        self.paths.last_validated = first
        self.first = first

    def packet(self, number: int, remote: tuple[str, int], bearing: int = 0, probe: bool = False) -> Path:
        """A packet of the client arrives from an address."""
        path = self.paths.open(SERVER, remote)
        path.ledger.came(1200)
        self.paths.receive(path, number, bearing, probe, now=0.0)
        return path

    def send(self, now: float = 0.0, size: int = 1200) -> dict[Path, bytes]:
        """The challenges that are due go out."""
        sent = {}
        for path in self.paths.probes(now):
            if path.validation is not None and path.validation.is_due(now):
                challenge = path.validation.challenge(now, self.paths.random)
                path.validation.sent(challenge.data, size)
                sent[path] = challenge.data
        return sent


def test_only_the_highest_non_probing_packet_moves() -> None:
    """A probe, or an overtaken packet, leaves the server where it is (9.3-04)."""
    story = Story()
    story.packet(5, HOME)
    story.packet(7, CELL, bearing=1, probe=True)
    story.packet(4, CELL, bearing=1)
    assert story.paths.current is story.first
    moved = story.packet(8, CELL, bearing=1)
    assert story.paths.current is moved
    story.packet(6, HOME)
    assert story.paths.current is moved


def test_a_move_challenges_both_paths_under_different_ids() -> None:
    """The new path and the one left are validated (9.3-02, 9.3.3-02), each under its own connection ID."""
    story = Story()
    moved = story.packet(1, CELL, bearing=1)
    assert set(story.send()) == {moved, story.first}
    assert (story.first.destination, moved.destination) == (0, 1)


def test_a_nat_that_rebinds_may_keep_the_id_and_the_context() -> None:
    """A new port under an unchanged connection ID: the same one goes on toward it (9.5-05, 9.4-03)."""
    story = Story()
    story.packet(1, HOME)
    moved = story.packet(2, PORT)
    assert set(story.send()) == {moved, story.first}
    assert moved.destination == 0
    assert moved.congestion is story.first.congestion
    other = story.packet(3, CELL, bearing=1)
    assert other.congestion is not story.first.congestion


def test_without_a_spare_id_nothing_goes_to_the_new_path() -> None:
    """Before the client supplies a connection ID, the server is silent there (9.3-03)."""
    story = Story(spare=0)
    moved = story.packet(1, CELL, bearing=1)
    assert moved not in story.send()
    story.consumer.receive(NewConnectionId(1, 0, b"1" * 8, b"1" * 16))
    assert moved in story.send()


def test_a_response_on_any_path_validates_and_the_old_path_goes() -> None:
    """Once the new path is validated and the old one does not answer, its connection ID is retired."""
    story = Story()
    moved = story.packet(1, CELL, bearing=1)
    sent = story.send()
    assert story.paths.answered(sent[moved], now=0.1) is moved
    assert moved.ledger.validated
    assert story.paths.last_validated is moved
    story.paths.wake(now=100.0)
    assert story.paths.known == [moved]
    assert story.consumer.to_send == [0]


def test_a_small_challenge_leaves_the_size_to_be_proved() -> None:
    """The address is validated and its limit lifted, and a second challenge goes in full size (8.2.3-05)."""
    story = Story()
    moved = story.packet(1, CELL, bearing=1)
    sent = story.send(size=400)
    story.paths.answered(sent[moved], now=0.1)
    assert moved.ledger.validated
    assert not moved.is_of_full_size
    again = story.send(now=0.1)
    story.paths.answered(again[moved], now=0.2)
    assert moved.is_of_full_size
    assert moved.validation is None


def test_a_path_too_small_for_quic_is_left_for_the_one_before() -> None:
    """If only small datagrams get through, the server goes back to what it had validated before."""
    story = Story()
    moved = story.packet(1, CELL, bearing=1)
    sent = story.send(size=400)
    story.paths.answered(sent[story.first], now=0.1)
    story.paths.answered(sent[moved], now=0.1)
    story.paths.wake(now=100.0)
    assert story.paths.current is story.first
    assert story.told[-2:] == [("reverted", HOME[0]), ("forgotten", CELL[0])]


def test_a_spurious_move_is_reverted() -> None:
    """A stranger's address does not answer, and the server goes back to the last validated (9.3.2-01)."""
    story = Story()
    story.packet(1, HOME)
    story.packet(2, CELL)
    sent = story.send()
    story.paths.answered(sent[story.first], now=0.1)
    story.paths.wake(now=100.0)
    assert story.paths.current is story.first
    assert not story.paths.is_given_up


def test_packets_from_the_genuine_address_bring_it_back_at_once() -> None:
    """A higher number from there does it, and the stranger's address is forgotten (9.3.2-02, 9.3.2-03)."""
    story = Story()
    story.packet(1, CELL)
    story.packet(2, HOME)
    assert story.paths.current is story.first
    assert story.paths.known == [story.first]


def test_a_server_that_has_no_validated_address_discards_the_connection() -> None:
    """Nothing is left to go back to: all state goes, silently (9.3.2-04)."""
    story = Story()
    story.first.is_validated, story.paths.last_validated = False, None
    story.packet(1, CELL)
    story.send()
    story.paths.wake(now=100.0)
    assert story.paths.is_given_up


def test_a_client_keeps_to_known_paths_and_never_reuses_an_id() -> None:
    """Probing takes an unused connection ID, moving goes there, and without one neither is possible."""
    story = Story(is_client=True, spare=1)
    probed = story.paths.probe(CELL, SERVER, now=0.0)
    assert probed.destination == 1
    assert story.paths.current is story.first
    with pytest.raises(NoSpareConnectionId):
        story.paths.probe(PORT, SERVER, now=0.0)
    story.paths.move(CELL, SERVER, now=0.0)
    assert story.paths.current is probed
    story.packet(9, HOME)
    assert story.paths.current is probed  # a client follows nobody (9-07)


def test_what_holds_nothing_but_probing_frames_probes() -> None:
    """One other frame makes a packet non-probing (9.1)."""
    assert is_probing([PathChallenge(bytes(8)), Padding(1100)])
    assert not is_probing([PathChallenge(bytes(8)), Ping()])


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40), st.integers(0, 3), st.booleans()), max_size=60)
)
def test_a_storm_of_addresses_costs_bounded_state(
    packets: list[tuple[int, int, int, bool]],
) -> None:
    """However many addresses packets come from, few are known, and never is one ID used toward two hosts."""
    story = Story()
    for at, (number, host, bearing, probe) in enumerate(packets):
        story.packet(number, (f"10.0.0.{host}", 1), bearing, probe)
        story.send(now=float(at))
        assert len(story.paths.known) <= MOST_PATHS
        assert story.paths.current in story.paths.known


def test_a_path_left_before_its_answer_is_validated_last_all_the_same() -> None:
    """The new address answers once a copy has led the server elsewhere: there it goes back (9.3.2-01)."""
    story = Story()
    rebound = story.packet(1, PORT)
    sent = story.send()
    story.packet(2, CELL)
    story.send()
    story.paths.answered(sent[rebound], now=0.1)
    story.paths.wake(now=100.0)
    assert story.paths.current is rebound
