"""Each rule of the simulation is seen to fail: a small change to the reference breaks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.reference.simulation.machine import TwoEndpoints
from tests.reference.simulation.network import VICTIM
from tests.reference.simulation.rules import Broken
from tests.reference.simulation.test_moves import downloading
from tests.reference.simulation.test_two_endpoints import NORMAL
from tests.reference.simulation.world import PREFERRED, World, home

from pathproof.reference import anti_amplification
from pathproof.reference.cid_supply import Consumer, consumer
from pathproof.reference.congestion import NewReno
from pathproof.reference.connection import Connection, control, frames_in, sending
from pathproof.reference.connection.idle import Idle
from pathproof.reference.frames import PathChallenge
from pathproof.reference.migration import Path, Paths, connection_ids
from pathproof.reference.path_validation import Responses, Validation, challenges, responses
from pathproof.reference.stateless_reset import resetter
from pathproof.reference.streams import Streams

Patch = pytest.MonkeyPatch


def migrations(world: World) -> None:
    """Three moves."""
    for number in (1, 2, 3):
        world.migrate(number)
        world.run(0.2)
    world.finish()


def many_migrations(world: World) -> None:
    """Three dozen moves."""
    for _ in range(12):
        migrations(world)


def spoofed(world: World) -> None:
    """A download is pointed at a victim."""
    world.network.spoofs = [VICTIM] * 3
    world.run(3.0)
    world.finish()


def storm_of_sources(world: World) -> None:
    """The client's packets seem to come from forty addresses."""
    world.network.spoofs = [(f"198.51.100.{number}", 9) for number in range(1, 41)]
    for _ in range(40):
        world.connection.control.ping()
        world.run(0.03)


def rotation(world: World) -> None:
    """The server wants its connection IDs retired."""
    assert world.served is not None
    world.served.rotate_connection_ids()
    world.finish()


def flood(world: World) -> None:
    """A hundred challenges, on a path that is new."""
    world.migrate(1)
    world.run(0.2)
    world.client_sends(*(PathChallenge(world.rng.randbytes(8)) for _ in range(100)))
    world.run(0.2)


def probing(world: World) -> None:
    """The client asks from another address, and stays."""
    world.probe(1)
    world.run(0.2)


def crash(world: World) -> None:
    """The server loses its state."""
    world.crash()
    world.finish()


def losses(world: World) -> None:
    """A lossy network, for a while."""
    world.network.loss = 0.2
    world.run(2.0)
    world.finish()


def silence(world: World) -> None:
    """The network is cut for some time."""
    world.network.down.add(home(1)[0])
    world.migrate(1)
    world.run(8.0)


def server_moves(world: World) -> None:
    """The server goes to another address of its own accord."""
    assert world.served is not None
    world.served.paths.move(PREFERRED, home(), world.now)
    world.run(0.1)


def unlimited(patch: Patch) -> None:
    """Every address may get any amount."""
    patch.setattr(anti_amplification.Ledger, "room", lambda self: 1 << 62)


def keeps_using(patch: Patch) -> None:
    """What is to be retired is announced, and used on."""

    def retire(self: Consumer, number: int) -> None:
        self.unacknowledged.add(number)
        self.to_send.append(number)

    patch.setattr(Consumer, "retire", retire)


def uses_on_unretired(patch: Patch) -> None:
    """The connection ID that is given up stays on its path, and is retired from within its own packets."""
    keeps_using(patch)

    before = control.Control.frames
    patch.setattr(control.Control, "frames", lambda self, room, bearing: before(self, room, None))


def client_takes_the_first(patch: Patch) -> None:
    """A new path gets the connection ID of the old one."""
    patch.setattr(Consumer, "spare", lambda self: min(self.active, default=None))


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


def small_challenges(patch: Patch) -> None:
    """Probes of half the size."""
    patch.setattr(sending, "FULL_SIZE", 600)


def predictable_challenges(patch: Patch) -> None:
    """Every challenge is the same."""
    before = Validation.challenge
    patch.setattr(
        Validation, "challenge", lambda self, now, random: before(self, now, lambda count: bytes(count))
    )


def answers_elsewhere(patch: Patch) -> None:
    """What is owed on one path goes out on the path in use."""
    before = frames_in.process

    def process(c: Connection, state: Any, frame: Any, path: Path, *rest: Any) -> None:
        before(c, state, frame, c.paths.current if isinstance(frame, PathChallenge) else path, *rest)

    patch.setattr(frames_in, "process", process)


def many_challenges(patch: Patch) -> None:
    """They go out without a pause, and none is forgotten."""
    patch.setattr(challenges, "MOST_OUTSTANDING", 1 << 20)
    before = Validation.challenge

    def challenge(self: Validation, now: float, random: Callable[[int], bytes]) -> PathChallenge:
        made = before(self, now, random)
        self.next_at = now + 0.01
        return made

    patch.setattr(Validation, "challenge", challenge)


def many_responses(patch: Patch) -> None:
    """All that is asked will be answered."""
    patch.setattr(responses, "MOST_OWED", 1 << 20)
    assert Responses().owed.maxlen == 1 << 20


def many_paths(patch: Patch) -> None:
    """Every address has its state for ever."""
    patch.setattr(Paths, "_stay_bounded", lambda self, newest: None)


def many_retirements(patch: Patch) -> None:
    """What is retired is never off the books."""
    patch.setattr(Consumer, "acknowledged", lambda self, number: None)
    patch.setattr(consumer, "most_unacknowledged", lambda limit: 1 << 20)


def large_resets(patch: Patch) -> None:
    """A reset has the size of its trigger."""
    patch.setattr(resetter, "size_of_reset", lambda trigger, draw: trigger)


def impatient(patch: Patch) -> None:
    """It is always time to wake up."""
    patch.setattr(Connection, "deadline", lambda self: self.now)


def other_bytes(patch: Patch) -> None:
    """What is written goes out in another order."""
    before = Streams.write
    patch.setattr(
        Streams, "write", lambda self, stream, data, fin=False: before(self, stream, data[::-1], fin)
    )


def never_again(patch: Patch) -> None:
    """Nothing that was lost is sent again."""
    patch.setattr(sending, "on_lost", lambda c, space, frame: None)


def overstrict(patch: Patch) -> None:
    """Every connection ID is one too many."""
    patch.setattr(consumer, "exceeds_limit", lambda active, limit: active > 7)


def hasty(patch: Patch) -> None:
    """A second of silence ends a connection."""
    patch.setattr(Idle, "deadline", lambda self, pto: self.since + 1.0)


def sends_without_end(patch: Patch) -> None:
    """There is always one more thing to ask, whatever the window."""
    patch.setattr(NewReno, "room", property(lambda self: 1 << 20))
    before = sending.datagrams

    def datagrams(c: Connection, now: float) -> Iterator[sending.Outgoing]:
        while True:
            c.control.ping()
            yield from before(c, now)

    patch.setattr(sending, "datagrams", datagrams)


def asks(world: World) -> None:
    """One more request."""
    world.application.request(10, 1000)
    world.finish()


def waits(world: World) -> None:
    """All is read, and time passes."""
    world.run(8.0)
    world.application.request(10, 10)
    world.hostile_at = -1000.0
    world.finish()


MUTANTS: list[tuple[Callable[[Patch], None], Callable[[World], None], str]] = [
    (unlimited, spoofed, "RFC9000-8-01"),
    (keeps_using, rotation, "RFC9000-5.1.2-"),
    (uses_on_unretired, rotation, "RFC9000-19.16-07"),
    (client_takes_the_first, migrations, "RFC9000-9.5-03"),
    (server_takes_any, migrations, "RFC9000-9.5-04"),
    (small_challenges, migrations, "RFC9000-8.2.1-06"),
    (predictable_challenges, migrations, "RFC9000-8.2.1-05"),
    (answers_elsewhere, probing, "RFC9000-8.2.2-03"),
    (many_challenges, silence, "RFC9000-8.2.1-04"),
    (many_responses, flood, "RFC9000-8.2.2-01"),
    (many_paths, storm_of_sources, "RFC9000-9.3.1-01"),
    (many_retirements, many_migrations, "RFC9000-5.1.2-11"),
    (large_resets, crash, "RFC9000-10.3.3-01"),
    (unlimited, server_moves, "RFC9000-9-07"),
    (impatient, migrations, "RFC 9002 6.2.1"),
    (sends_without_end, migrations, "RFC 9002 7"),
    (other_bytes, asks, "RFC 9000 2.2"),
    (never_again, losses, "RFC 9000 2.2"),
    (overstrict, migrations, "RFC 9000 11"),
    (hasty, waits, "RFC 9000 10"),
]


@pytest.mark.parametrize(
    ("mutant", "story", "clause"), MUTANTS, ids=[mutant.__name__ for mutant, _, _ in MUTANTS]
)
def test_the_rule_notices(
    mutant: Callable[[Patch], None], story: Callable[[World], None], clause: str, monkeypatch: Patch
) -> None:
    """The mutant breaks the rule of this clause, and the failure shows its chart."""
    with pytest.raises(Broken) as broken:
        world = downloading(200_000, server={"connection_ids": 4})
        mutant(monkeypatch)
        story(world)
    assert broken.value.clause.startswith(clause), str(broken.value).splitlines()[0]
    assert "A run of two endpoints, seed 1" in str(broken.value)


STORIES = list(dict.fromkeys(story for _, story, _ in MUTANTS if story is not server_moves))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_without_a_mutant_nothing_is_noticed(story: Callable[[World], None]) -> None:
    """The same stories, with the reference as it is."""
    story(downloading(200_000))


@pytest.mark.thorough
@pytest.mark.parametrize(
    "mutant", [unlimited, predictable_challenges, answers_elsewhere, server_takes_any, never_again]
)
def test_the_machine_finds_it(mutant: Callable[[Patch], None], monkeypatch: Patch) -> None:
    """Without a story, Hypothesis comes upon the mutant by itself."""
    mutant(monkeypatch)
    with pytest.raises(Broken):
        run_state_machine_as_test(
            TwoEndpoints, settings=settings(NORMAL, phases=[Phase.generate], max_examples=500)
        )
