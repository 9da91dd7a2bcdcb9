"""Mutants of the reference: small named changes to its code, most of which recreate public bugs.

Each is a function that patches the reference, registered with the clause that it breaks, the bugs of the
catalogue that it stands for, a story in which it shows, and the machine whose follower notices it there:
`conformance/refinement`. Those that no machine is about name none, and are for rules of the simulation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from tests.reference.simulation import stories
from tests.reference.simulation.world import World

from pathproof.reference import anti_amplification
from pathproof.reference.cid_supply import Consumer, consumer, issuer
from pathproof.reference.congestion import NewReno
from pathproof.reference.connection import Connection, control, frames_in, receiving, sending
from pathproof.reference.connection.ending import Ending
from pathproof.reference.connection.idle import Idle
from pathproof.reference.frames import PathChallenge
from pathproof.reference.migration import Path, Paths, connection_ids, fall_back, paths
from pathproof.reference.pacing import Pacer
from pathproof.reference.path_validation import Responses, Validation, challenges, responses
from pathproof.reference.stateless_reset import resetter
from pathproof.reference.streams import Streams

Patch = pytest.MonkeyPatch
Change = Callable[[Patch], None]
Story = Callable[[World], None]


@dataclass(frozen=True)
class CodeMutant:
    """One change: what it breaks, and where that shows; `options` are those of the story's world."""

    name: str
    says: str
    clause: str
    bugs: tuple[str, ...]
    patch: Change
    story: Story
    machine: str  # whose follower notices it; "" for none
    options: dict[str, Any] = field(default_factory=dict)


MUTANTS: dict[str, CodeMutant] = {}


def mutant(
    clause: str, *bugs: str, story: Story, machine: str = "", **options: Any
) -> Callable[[Change], Change]:
    """Register a function as the mutant of its name."""

    def register(patch: Change) -> Change:
        name, says = patch.__name__, (patch.__doc__ or "").splitlines()[0]
        MUTANTS[name] = CodeMutant(name, says, clause, bugs, patch, story, machine, options)
        return patch

    return register


@mutant("RFC9000-8-01", "QN-09", story=stories.spoofed, machine="anti_amplification")
def unlimited(patch: Patch) -> None:
    """Every address may get any amount."""
    patch.setattr(anti_amplification.Ledger, "room", lambda self: 1 << 62)


@mutant("RFC9000-5.1.2-10", "KW-10", "EQ-01", "XQ-01", story=stories.rotation, machine="cid_supply")
def keeps_using(patch: Patch) -> None:
    """What is to be retired is announced, and used on."""

    def retire(self: Consumer, number: int) -> None:
        self.unacknowledged.add(number)
        self.to_send.append(number)

    patch.setattr(Consumer, "retire", retire)


@mutant("RFC9000-19.16-07", "QG-05", "NX-17", "MS-19", story=stories.rotation, machine="cid_supply")
def uses_on_unretired(patch: Patch) -> None:
    """The connection ID that is given up stays on its path, and is retired from within its own packets."""
    keeps_using(patch)

    before = control.Control.frames
    patch.setattr(control.Control, "frames", lambda self, room, bearing: before(self, room, None))


@mutant("RFC9000-9.5-03", story=stories.migrations, machine="cid_supply")
def client_takes_the_first(patch: Patch) -> None:
    """A new path gets the connection ID of the old one."""
    patch.setattr(Consumer, "spare", lambda self: min(self.active, default=None))


@mutant("RFC9000-9.5-04", "QN-42", story=stories.migrations, machine="migration")
def server_takes_any(patch: Patch) -> None:
    """Whatever the client uses, the server goes on with what it has."""

    def unmoved(path: Path, paths: list[Path], consumer: Consumer) -> int | None:
        return next(
            (
                one.destination
                for one in paths
                if one.destination in consumer.active and one.local == path.local
            ),
            None,
        )

    patch.setattr(connection_ids, "_unmoved", unmoved)


@mutant("RFC9000-8.2.1-06", "XQ-10", "QL-20", "LX-09", story=stories.migrations, machine="path_validation")
def small_challenges(patch: Patch) -> None:
    """Probes of half the size."""
    patch.setattr(sending, "FULL_SIZE", 600)


@mutant("RFC9000-8.2.1-05", story=stories.migrations, machine="path_validation")
def predictable_challenges(patch: Patch) -> None:
    """Every challenge is the same."""
    before = Validation.challenge
    patch.setattr(
        Validation, "challenge", lambda self, now, random: before(self, now, lambda count: bytes(count))
    )


@mutant("RFC9000-8.2.2-03", story=stories.probing, machine="path_validation")
def answers_elsewhere(patch: Patch) -> None:
    """What is owed on one path goes out on the path in use."""
    before = frames_in.process

    def process(c: Connection, state: Any, frame: Any, path: Path, *rest: Any) -> None:
        before(c, state, frame, c.paths.current if isinstance(frame, PathChallenge) else path, *rest)

    patch.setattr(frames_in, "process", process)


@mutant("RFC9000-8.2.1-04", story=stories.silence, machine="path_validation")
def many_challenges(patch: Patch) -> None:
    """They go out without a pause, and none is forgotten."""
    patch.setattr(challenges, "MOST_OUTSTANDING", 1 << 20)
    before = Validation.challenge

    def challenge(self: Validation, now: float, random: Callable[[int], bytes]) -> PathChallenge:
        made = before(self, now, random)
        self.next_at = now + 0.01
        return made

    patch.setattr(Validation, "challenge", challenge)


@mutant("RFC9000-8.2.2-01", story=stories.flood)
def many_responses(patch: Patch) -> None:
    """All that is asked will be answered."""
    patch.setattr(responses, "MOST_OWED", 1 << 20)
    assert Responses().owed.maxlen == 1 << 20


@mutant("RFC9000-9.3.1-01", story=stories.storm_of_sources)
def many_paths(patch: Patch) -> None:
    """Every address has its state for ever."""
    patch.setattr(Paths, "_stay_bounded", lambda self, newest: None)


@mutant("RFC9000-5.1.2-11", "PQ-22", "PQ-08", story=stories.many_migrations, machine="cid_supply")
def many_retirements(patch: Patch) -> None:
    """What is retired is never off the books."""
    patch.setattr(Consumer, "acknowledged", lambda self, number: None)
    patch.setattr(consumer, "most_unacknowledged", lambda limit: 1 << 20)


@mutant("RFC9000-10.3.3-01", story=stories.crash, machine="stateless_reset")
def large_resets(patch: Patch) -> None:
    """A reset has the size of its trigger."""
    patch.setattr(resetter, "size_of_reset", lambda trigger, draw: trigger)


@mutant("RFC9002-6.2.1-01", story=stories.migrations)
def impatient(patch: Patch) -> None:
    """It is always time to wake up."""
    patch.setattr(Connection, "deadline", lambda self: self.now)


@mutant("RFC9000-2.2-01", story=stories.asks)
def other_bytes(patch: Patch) -> None:
    """What is written goes out in another order."""
    before = Streams.write
    patch.setattr(
        Streams, "write", lambda self, stream, data, fin=False: before(self, stream, data[::-1], fin)
    )


@mutant("RFC9000-13.3-01", story=stories.losses)
def never_again(patch: Patch) -> None:
    """Nothing that was lost is sent again."""
    patch.setattr(sending, "on_lost", lambda c, space, frame: None)


@mutant("RFC9000-5.1.1-15", "QN-17", "NG-34", story=stories.migrations)
def overstrict(patch: Patch) -> None:
    """Every connection ID is one too many."""
    patch.setattr(consumer, "exceeds_limit", lambda active, limit: active > 7)


@mutant("RFC9000-10.1-01", story=stories.waits)
def hasty(patch: Patch) -> None:
    """A second of silence ends a connection."""
    patch.setattr(Idle, "deadline", lambda self, pto: self.since + 1.0)


@mutant("RFC9002-7-01", story=stories.migrations)
def sends_without_end(patch: Patch) -> None:
    """There is always one more thing to ask, whatever the window."""
    patch.setattr(NewReno, "room", property(lambda self: 1 << 20))
    patch.setattr(Pacer, "when", lambda self, size, now, window, smoothed: now)
    before = sending.datagrams

    def datagrams(c: Connection, now: float) -> Iterator[sending.Outgoing]:
        while True:
            c.control.ping()
            yield from before(c, now)

    patch.setattr(sending, "datagrams", datagrams)


# What the machines say of connection IDs.


@mutant("RFC9000-5.1.2-10", "NG-36", story=stories.rotation, machine="cid_supply")
def what_is_in_use_is_exempt(patch: Patch) -> None:
    """The first connection ID in use stays, whatever Retire Prior To says."""
    before = Consumer.receive

    def receive(self: Consumer, frame: Any) -> None:
        number, first = next(((at, one) for at, one in self.active.items() if one.used), (-1, None))
        before(self, frame)
        if first is not None and number not in self.active:
            self.active[number] = first
            self.unacknowledged.discard(number)
            self.to_send.remove(number)

    patch.setattr(Consumer, "receive", receive)


@mutant("RFC9000-5.1.2-11", "QL-19", story=stories.rotation, machine="cid_supply")
def retirements_are_off_the_books(patch: Patch) -> None:
    """What RETIRE_CONNECTION_ID has left for is forgotten before it is acknowledged."""
    before = control.Control.frames

    def frames(self: control.Control, room: int, bearing: int | None) -> Iterator[Any]:
        for frame, data in before(self, room, bearing):
            self.consumer.unacknowledged.discard(getattr(frame, "sequence_number", -1))
            yield frame, data

    patch.setattr(control.Control, "frames", frames)


@mutant(
    "RFC9000-5.1.1-13",
    "QN-14",
    story=stories.migrations,
    machine="cid_supply",
    client={"active_connection_id_limit": 3},
)
def one_more_than_the_limit(patch: Patch) -> None:
    """The issuer goes one beyond its peer's limit."""

    def may_issue(issued: int, retired: int, below: int, limit: int) -> bool:
        return issued - retired - below <= limit

    patch.setattr(issuer, "may_issue", may_issue)


# What they say of bytes.


@mutant("RFC9000-8.1-05", "KW-12", story=stories.spoofed, machine="anti_amplification")
def bytes_count_twice(patch: Patch) -> None:
    """Each datagram that comes counts once more."""

    def came(self: anti_amplification.Ledger, size: int) -> None:
        self.received += 2 * size

    patch.setattr(anti_amplification.Ledger, "came", came)


@mutant("RFC9000-8.1-04", "LX-04", story=stories.spoofed, machine="anti_amplification")
def the_tag_is_not_counted(patch: Patch) -> None:
    """What goes out is counted without the 16 bytes of the AEAD."""

    def went(self: anti_amplification.Ledger, size: int) -> None:
        self.sent += size - 16

    patch.setattr(anti_amplification.Ledger, "went", went)


@mutant("RFC9000-8.1-01", story=stories.spoofed, machine="anti_amplification")
def a_new_address_is_valid(patch: Patch) -> None:
    """An address counts as validated from its first packet on."""
    before = Paths.open

    def opened(self: Paths, local: Any, remote: Any) -> Path:
        path = before(self, local, remote)
        path.ledger.validated = True
        return path

    patch.setattr(Paths, "open", opened)


# What they say of path validation.


@mutant("RFC9000-8.2.3-05", story=stories.silent_rebinding, machine="path_validation")
def a_small_exchange_is_enough(patch: Patch) -> None:
    """Any answer shows that datagrams of 1200 bytes get through."""
    before = Validation.answer

    def answer(self: Validation, data: bytes) -> bool:
        found = before(self, data)
        self.is_of_full_size = self.is_of_full_size or found
        return found

    patch.setattr(Validation, "answer", answer)


@mutant("RFC9000-8.2.2-07", story=stories.probing, machine="path_validation")
def answers_twice(patch: Patch) -> None:
    """A response that has left is owed once more."""
    before = Responses.take

    def take(self: Responses) -> Any:
        response = before(self)
        if response is not None and not self.owed:
            self.owed.append(response.data)
        return response

    patch.setattr(Responses, "take", take)


@mutant("RFC9000-8.2.4-03", story=stories.silence, machine="path_validation")
def gives_up_early(patch: Patch) -> None:
    """An attempt lasts for one PTO."""
    patch.setattr(challenges, "time_to_give_up", lambda pto, initial_pto: pto)


@mutant("RFC9000-8.2.3-01", story=stories.silence, machine="path_validation")
def what_failed_is_validated(patch: Patch) -> None:
    """A path whose validation was given up is in use as a validated one."""
    before = Paths.wake

    def wake(self: Paths, now: float) -> None:
        self.current.is_validated = True
        before(self, now)

    patch.setattr(Paths, "wake", wake)


# What they say of migration.


@mutant("RFC9000-9.3-04", story=stories.reordering, machine="migration")
def any_packet_moves(patch: Patch) -> None:
    """A packet moves the connection whatever its number."""
    patch.setattr(paths, "moves", lambda number, highest: True)


@mutant("RFC9000-9.1-04", story=stories.probing, machine="migration")
def probes_move(patch: Patch) -> None:
    """A probing packet moves the connection."""
    patch.setattr(receiving, "is_probing", lambda frames: False)


@mutant("RFC9000-9.3.2-01", story=stories.dead_address, machine="migration")
def falls_back_nowhere(patch: Patch) -> None:
    """A server whose new path has failed stays on it."""
    patch.setattr(fall_back, "go_back", lambda paths, failed: None)


# What they say of tokens, and of the end.


@mutant("RFC9000-10.3.1-03", story=stories.migrations, machine="stateless_reset")
def unused_tokens_are_compared(patch: Patch) -> None:
    """A token counts from when it has come, and for every address."""

    def tokens(self: Consumer, numbers: Any = None) -> list[bytes]:
        return [one.token for one in self.active.values() if one.token is not None]

    patch.setattr(Consumer, "tokens", tokens)


@mutant("RFC9000-10.2-04", story=stories.farewell, machine="connection")
def a_close_is_not_heard(patch: Patch) -> None:
    """CONNECTION_CLOSE of the peer changes nothing."""
    patch.setattr(Ending, "drain", lambda self, now, pto: None)


@mutant("RFC9000-10.2-08", story=stories.farewell, machine="connection")
def is_over_at_once(patch: Patch) -> None:
    """An end that has closed keeps nothing to answer by."""
    before = Ending.close

    def close(self: Ending, frame: Any, now: float, pto: float) -> None:
        before(self, frame, now, pto / 3)

    patch.setattr(Ending, "close", close)
