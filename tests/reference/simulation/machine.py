"""Everything that may happen to two endpoints, as rules that Hypothesis chooses from."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from tests.reference.simulation.network import ATTACKER, VICTIM, Race
from tests.reference.simulation.world import PREFERRED, PREFERRED_6, SERVER, World

from pathproof.reference.migration import NoSpareConnectionId

MOST_STREAMS = 20


class TwoEndpoints(RuleBasedStateMachine):
    """Two endpoints over a network that may do its worst; whatever it does, the rules of the world hold."""

    world: World

    @initialize(
        seed=st.integers(0, 1 << 16),
        family=st.sampled_from([4, 4, 6]),
        client=st.fixed_dictionaries(
            {"empty_connection_id": st.sampled_from([False, False, True])},
            optional={"active_connection_id_limit": st.sampled_from([2, 3])},
        ),
        server=st.fixed_dictionaries(
            {},
            optional={
                "empty_connection_id": st.booleans(),
                "retries": st.booleans(),
                "active_connection_id_limit": st.sampled_from([2, 3]),
                "disable_active_migration": st.booleans(),
                "preferred_ipv4": st.just(PREFERRED),
                "preferred_ipv6": st.just(PREFERRED_6),
            },
        ),
    )
    def begin(self, seed: int, family: int, client: dict[str, object], server: dict[str, object]) -> None:
        """Two ends with these configurations complete their handshake."""
        self.world = World(seed, client, server, family)
        self.world.established().application.request(100, 50_000)
        self.world.pump()

    @rule(seconds=st.sampled_from([0.001, 0.005, 0.021, 0.05]), asks=st.booleans())
    def a_moment_passes(self, seconds: float, asks: bool) -> None:
        """Time for a few datagrams passes, and the server has more to send."""
        if asks and self.is_open() and len(self.world.application.flows) < MOST_STREAMS:
            self.world.application.request(100, 5000)
        self.world.run(seconds)

    # Time and applications.

    @rule(seconds=st.sampled_from([0.1, 0.3, 1.0, 3.0, 9.0]))
    def time_passes(self, seconds: float) -> None:
        """The client says that it is there, and time passes."""
        if self.world.connection.ending.is_open:
            self.world.connection.control.ping()
        self.world.run(seconds)

    @precondition(lambda self: len(self.world.application.flows) < MOST_STREAMS and self.is_open())
    @rule(size=st.sampled_from([1, 900, 5000]), answer=st.sampled_from([0, 100, 20000, 100000]))
    def client_asks(self, size: int, answer: int) -> None:
        """The client opens a stream, and the server will answer on it."""
        self.world.application.request(size, answer)
        self.world.pump()

    @rule(name=st.sampled_from(["client", "server"]), reads=st.booleans())
    def application_reads(self, name: str, reads: bool) -> None:
        """An application stops to read, or goes on."""
        self.world.application.reads[name] = reads
        self.world.pump()

    # The ends.

    @precondition(lambda self: self.is_open())
    @rule(number=st.integers(0, 5), moment=st.integers(0, 3))
    def client_migrates(self, number: int, moment: int) -> None:
        """The client moves, if it may."""
        try:
            self.world.migrate(number)
            self.world.run(0.021 * moment)
        except (NoSpareConnectionId, ValueError):
            return

    @precondition(lambda self: self.is_open())
    @rule(number=st.integers(0, 5))
    def client_probes(self, number: int) -> None:
        """The client probes, if it may."""
        try:
            self.world.probe(number)
        except (NoSpareConnectionId, ValueError):
            return

    @rule(name=st.sampled_from(["client", "server"]))
    def connection_ids_rotate(self, name: str) -> None:
        """One end wants all of its connection IDs retired."""
        connection = self.world.of(name)
        if connection is not None and connection.ending.is_open:
            self.world.diary.did(self.world.now, name, "rotates its connection IDs")
            connection.rotate_connection_ids()
            self.world.pump()

    @rule(name=st.sampled_from(["client", "server"]))
    def keys_are_updated(self, name: str) -> None:
        """One end goes on to the next keys, if it may."""
        connection = self.world.of(name)
        if connection is not None and connection.ending.is_open and connection.update_keys(self.world.now):
            self.world.diary.did(self.world.now, name, "updates keys")
            connection.control.ping()
            self.world.pump()

    @precondition(
        lambda self: self.world.crashes == 0 and self.world.now > 0.3 and self.world.rng.random() < 0.2
    )
    @rule()
    def server_crashes(self) -> None:
        """The server loses its state."""
        self.world.crash()

    @precondition(lambda self: self.world.now > 0.5 and self.world.rng.random() < 0.2)
    @rule(name=st.sampled_from(["client", "server"]))
    def application_closes(self, name: str) -> None:
        """One end closes."""
        connection = self.world.of(name)
        if connection is not None:
            self.world.application.closed = True
            self.world.diary.did(self.world.now, name, "closes")
            connection.close(self.world.now, 7, "enough")
            self.world.pump()

    # The network.

    @rule(host=st.booleans(), moment=st.integers(0, 3))
    def translator_rebinds(self, host: bool, moment: int) -> None:
        """The outside sees the client elsewhere, and the client speaks, unless it keeps silent for now."""
        self.world.rebind(host)
        if moment and self.is_open():
            self.world.connection.control.ping()
            self.world.run(0.021 * moment)

    @rule(
        loss=st.sampled_from([0.0, 0.05, 0.3]),
        duplication=st.sampled_from([0.0, 0.3]),
        jitter=st.sampled_from([0.0, 0.005, 0.1]),
    )
    def network_changes(self, loss: float, duplication: float, jitter: float) -> None:
        """Loss, duplication and reordering begin or end."""
        network = self.world.network
        network.loss, network.duplication, network.jitter = loss, duplication, jitter

    @rule(number=st.integers(0, 5), is_down=st.booleans())
    def interface_changes(self, number: int, is_down: bool) -> None:
        """An address of the client's is cut off, or is reached again."""
        host = f"10.0.{number}.1" if self.world.family == 4 else f"fd00:{number}::1"
        (self.world.network.down.add if is_down else self.world.network.down.discard)(host)

    @rule(number=st.integers(0, 5), size=st.sampled_from([1100, 65535]))
    def mtu_changes(self, number: int, size: int) -> None:
        """Datagrams of full size stop to get through somewhere, or do again."""
        host = f"10.0.{number}.1" if self.world.family == 4 else f"fd00:{number}::1"
        self.world.network.mtu.pop(host, None)
        if size < 1200:
            self.world.network.mtu[host] = size

    # Attackers.

    @rule(
        source=st.sampled_from([ATTACKER, VICTIM]),
        ahead=st.booleans(),
        forwards=st.booleans(),
        copies=st.integers(1, 40),
    )
    def attacker_races(self, source: tuple[str, int], ahead: bool, forwards: bool, copies: int) -> None:
        """An attacker beside the path copies so many datagrams."""
        self.world.network.race = Race(source, ahead, forwards, copies)

    @rule()
    def attacker_rests(self) -> None:
        """It copies no more."""
        self.world.network.race = None

    @rule(source=st.sampled_from([ATTACKER, VICTIM]), count=st.integers(1, 5))
    def attacker_spoofs(self, source: tuple[str, int], count: int) -> None:
        """An attacker on the path changes the source of the client's next datagrams."""
        self.world.network.spoofs = [source] * count

    @rule(count=st.integers(1, 5))
    def attacker_drops(self, count: int) -> None:
        """An attacker on the path takes out the client's next datagrams."""
        self.world.network.drops = count

    @rule(back=st.integers(1, 30), source=st.sampled_from([ATTACKER, VICTIM, None]))
    def attacker_replays(self, back: int, source: tuple[str, int] | None) -> None:
        """An attacker sends an old datagram again, from where it likes."""
        self.world.replay(back, source)

    @rule(size=st.sampled_from([5, 21, 22, 43, 60, 1200]), source=st.sampled_from([ATTACKER, VICTIM]))
    def attacker_sends_garbage(self, size: int, source: tuple[str, int]) -> None:
        """An attacker sends what looks like a packet, to the server."""
        data = b"\x40" + self.world.rng.randbytes(size - 1)
        self.world.network.inject(self.world.now, data, source, SERVER)

    def is_open(self) -> bool:
        """Whether the client's connection goes on."""
        return self.world.connection.is_confirmed and self.world.connection.ending.is_open

    def teardown(self) -> None:
        """In the end the network is honest, and everything arrives."""
        if hasattr(self, "world"):
            self.world.finish()
