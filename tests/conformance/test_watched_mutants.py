"""A small change to the reference, and the judge sees it in what the endpoints tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from tests.conformance.simulated import collected, downloading, traces_of
from tests.reference.simulation import world as worlds
from tests.reference.simulation.rules import Broken
from tests.reference.simulation.stories import migrations, probing, server_moves, spoofed
from tests.reference.simulation.world import PREFERRED, World

from pathproof.conformance.judge import Report, judge
from pathproof.reference.anti_amplification import Ledger
from pathproof.reference.cid_supply import Consumer
from pathproof.reference.connection import frames_in, sending
from pathproof.reference.connection.ending import Ending
from pathproof.reference.connection.packets import Draft
from pathproof.reference.frames import PathChallenge
from pathproof.reference.migration import Address, Path, Paths, connection_ids, paths
from pathproof.reference.path_validation import Responses, Validation
from pathproof.reference.stateless_reset import resetter

Patch = pytest.MonkeyPatch


def unlimited(patch: Patch) -> None:
    """Every address may get any amount."""
    patch.setattr(Ledger, "room", lambda self: 1 << 62)


def small_challenges(patch: Patch) -> None:
    """Probes of half the size."""
    patch.setattr(sending, "FULL_SIZE", 600)


def predictable_challenges(patch: Patch) -> None:
    """Every challenge is the same."""
    before = Validation.challenge
    patch.setattr(Validation, "challenge", lambda self, now, random: before(self, now, bytes))


def answers_elsewhere(patch: Patch) -> None:
    """What is owed on one path goes out on the path in use."""
    before = frames_in.process

    def process(c: Any, state: Any, frame: Any, path: Path, *rest: Any) -> None:
        before(c, state, frame, c.paths.current if isinstance(frame, PathChallenge) else path, *rest)

    patch.setattr(frames_in, "process", process)


def client_takes_the_first(patch: Patch) -> None:
    """A new path gets the connection ID of the old one."""
    patch.setattr(Consumer, "spare", lambda self: min(self.active, default=None))


def server_takes_any(patch: Patch) -> None:
    """Whatever the client uses, the server goes on with what it has."""

    def unmoved(path: Path, known: list[Path], consumer: Consumer) -> int | None:
        alike = (one.destination for one in known if one.local == path.local)
        return next((number for number in alike if number in consumer.active), None)

    patch.setattr(connection_ids, "_unmoved", unmoved)


def large_resets(patch: Patch) -> None:
    """A reset has the size of its trigger."""
    patch.setattr(resetter, "size_of_reset", lambda trigger, draw: trigger)


def answers_twice(patch: Patch) -> None:
    """Each challenge is answered by two responses."""

    def challenged(self: Responses, data: bytes) -> None:
        self.owed += [data, data]

    patch.setattr(Responses, "challenged", challenged)


def answers_something_else(patch: Patch) -> None:
    """What comes back is not what was asked."""

    def challenged(self: Responses, data: bytes) -> None:
        self.owed.append(bytes(reversed(data)))

    patch.setattr(Responses, "challenged", challenged)


def follows_every_packet(patch: Patch) -> None:
    """Packets that were overtaken move a server, too."""
    patch.setattr(paths, "moves", lambda number, highest: True)


def trusts_every_address(patch: Patch) -> None:
    """A new address of the client is not validated."""
    patch.setattr(Paths, "validate", lambda self, path, now: None)


def forgets_the_former_path(patch: Patch) -> None:
    """Only the new path is validated."""
    before = Paths.validate

    def validate(self: Paths, path: Path, now: float) -> None:
        if path.validation is None and not path.is_validated:
            before(self, path, now)

    patch.setattr(Paths, "validate", validate)


def is_content_with_small_datagrams(patch: Patch) -> None:
    """The answer to a small challenge shows all that is to be known."""
    before = Validation.answer

    def answer(self: Validation, data: bytes) -> bool:
        found = before(self, data)
        self.is_of_full_size = True
        return found

    patch.setattr(Validation, "answer", answer)


def goes_to_the_preferred_address_at_once(patch: Patch) -> None:
    """A client uses the preferred address before it has validated it."""

    def prefer(self: Paths, local: Address, remote: Address, now: float) -> None:
        self._use(self.probe(local, remote, now))

    patch.setattr(Paths, "prefer", prefer)


def ignores_challenges(patch: Patch) -> None:
    """A challenge is acknowledged, and not answered."""
    before = frames_in.process

    def process(c: object, state: object, frame: object, *rest: object) -> None:
        if type(frame).__name__ != "PathChallenge":
            before(c, state, frame, *rest)  # type: ignore[arg-type]

    patch.setattr(frames_in, "process", process)


def goes_on_after_a_reset(patch: Patch) -> None:
    """A stateless reset changes nothing."""
    patch.setattr(Ending, "drain", lambda self, now, pto: None)


def fills_no_initial(patch: Patch) -> None:
    """No datagram of the handshake is padded."""
    patch.setattr(Draft, "pad", lambda self, count: None)


def quietly_elsewhere(world: World) -> None:
    """The outside sees the client at another host, and what comes from there is small."""
    world.run(2.0)
    world.rebind(True)
    world.connection.control.ping()
    world.run(2.0)
    closes(world)


def elsewhere(world: World) -> None:
    """The outside sees the client at another host, from which it goes on."""
    world.run(2.0)
    world.rebind(True)
    world.connection.control.ping()
    world.application.request(3000, 3000)
    world.run(2.0)
    closes(world)


def closes(world: World) -> None:
    """The client closes."""
    world.connection.close(world.now, 0, "done")
    world.pump()
    world.run(0.5)


def reordered(world: World) -> None:
    """Packets from the new address of a client overtake those from its old one."""
    world.run(2.0)
    world.network.jitter = 2.0
    for _ in range(8):
        world.connection.control.ping()
        world.run(0.01)
    world.network.jitter = 0.0
    world.rebind(True)
    world.connection.control.ping()
    world.run(3.0)


def asked(world: World) -> None:
    """The server asks whether its client is still there, and the connection goes on and is closed."""
    assert world.served is not None
    world.served.paths.validate(world.served.paths.current, world.now)
    world.run(0.3)
    for _ in range(3):
        world.application.request(10, 3000)
        world.run(0.5)
    closes(world)


def crash(world: World) -> None:
    """The server loses its state, and the client hears so."""
    world.crash()
    world.connection.control.ping()
    world.run(3.0)


def begins(world: World) -> None:
    """A connection begins."""
    world.connect()
    world.run(1.0)


MUTANTS: list[tuple[Callable[[Patch], None], Callable[[World], None], str]] = [
    (unlimited, spoofed, "RFC9000-9.3.1-01"),
    (small_challenges, migrations, "RFC9000-8.2.1-06"),
    (small_challenges, migrations, "RFC9000-8.2.2-05"),
    (predictable_challenges, migrations, "RFC9000-8.2.1-05"),
    (answers_elsewhere, probing, "RFC9000-8.2.2-03"),
    (answers_twice, migrations, "RFC9000-8.2.2-07"),
    (answers_something_else, migrations, "RFC9000-19.18-01"),
    (client_takes_the_first, migrations, "RFC9000-9.5-03"),
    (server_takes_any, migrations, "RFC9000-9.5-04"),
    (unlimited, server_moves, "RFC9000-9-07"),
    (follows_every_packet, reordered, "RFC9000-9.3-04"),
    (trusts_every_address, elsewhere, "RFC9000-9-04"),
    (forgets_the_former_path, elsewhere, "RFC9000-9.3.3-02"),
    (is_content_with_small_datagrams, quietly_elsewhere, "RFC9000-8.2.1-08"),
    (ignores_challenges, asked, "RFC9000-8.2.2-01"),
    (goes_on_after_a_reset, crash, "RFC9000-10.3.1-11"),
    (fills_no_initial, begins, "RFC9000-14.1-01"),
    (goes_to_the_preferred_address_at_once, begins, "RFC9000-9.6.2-01"),
    (large_resets, crash, "RFC9000-10.3.3-01"),
]


def judged(world: World) -> Iterator[Report]:
    """What the judge says of all that both ends saw."""
    for trace in traces_of(world):
        yield judge(trace)


@pytest.mark.parametrize(
    ("mutant", "story", "clause"), MUTANTS, ids=[f"{mutant.__name__}-{of}" for mutant, _, of in MUTANTS]
)
def test_the_judge_notices(
    mutant: Callable[[Patch], None], story: Callable[[World], None], clause: str, monkeypatch: Patch
) -> None:
    """The clause is found broken, or warned of where the text forces nothing."""
    monkeypatch.setattr(worlds, "all_rules", list)  # they would end the run before the judge sees it
    with collected():
        world = downloading(200_000, server={"preferred_ipv4": PREFERRED} if story is begins else {})
        mutant(monkeypatch)
        with suppress(Broken, AssertionError):  # the application of the simulation may notice first
            story(world)
        reports = list(judged(world))
    found = {verdict.clause for report in reports for verdict in report.violated}
    warned = {finding.clause for report in reports for finding in report.warnings}
    assert clause in found | (warned & {"RFC9000-10.3.3-01"}), sorted(found)
