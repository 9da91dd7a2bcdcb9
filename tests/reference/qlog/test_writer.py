"""What is written: after the drafts, whole, bounded in memory, and never at the connection's expense."""

from __future__ import annotations

import gc
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.reference.made_frames import FRAMES as MADE
from tests.reference.qlog.drafts import FRAMES, HEAD, frame, wrong, wrong_event
from tests.reference.qlog.logged import Logged, records
from tests.reference.simulation import machine
from tests.reference.simulation.application import pattern
from tests.reference.simulation.world import PREFERRED, SERVER

from pathproof.reference.endpoint import Endpoint
from pathproof.reference.frames import ConnectionClose, Frame
from pathproof.reference.observer import Boundary, DatagramSeen
from pathproof.reference.qlog import QlogWriter, file, frames, packets
from pathproof.reference.qlog.tuples import MOST_TUPLES

HERE, THERE = ("10.0.0.1", 1), ("10.0.0.2", 2)
RUNS = settings(
    max_examples=12,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> None:
    """Where runs are logged."""
    Logged.parent = tmp_path


def check(path: Path) -> None:
    """Insist that a file is as the drafts want it, in the order of time."""
    head, *events = records(path)
    assert wrong(head, HEAD) == []
    assert [found for event in events if (found := wrong_event(event))] == []
    assert [event["time"] for event in events] == sorted(event["time"] for event in events)


def test_whatever_happens_is_written_as_the_drafts_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every record of both ends, over a hostile network; and every packet and datagram is there."""
    seen: set[str] = set()

    class Checked(machine.TwoEndpoints):
        def teardown(self) -> None:
            if not hasattr(self, "world"):
                return
            assert isinstance(self.world, Logged)
            events = []
            for path in self.world.written():
                check(path)
                events += records(path)[1:]
            counts = self.world.sights
            names = [event["name"] for event in events]
            assert sum(name.startswith("quic:udp_datagrams") for name in names) == counts["DatagramSeen"]
            assert sum(name in PACKETS for name in names) == counts["PacketSeen"]
            assert sum(name in DROPS for name in names) == counts["PacketDropped"]
            seen.update(names)

    monkeypatch.setattr(machine, "World", Logged)
    run_state_machine_as_test(Checked, settings=RUNS)
    assert {"quic:migration_state_updated", "quic:packet_dropped", "quic:tuple_assigned"} <= seen


PACKETS = ("quic:packet_sent", "quic:packet_received")
DROPS = ("quic:packet_dropped", "quic:udp_datagram_dropped")


@given(one=MADE)
def test_every_frame_is_written_as_the_drafts_want_it(one: Frame) -> None:
    """With all the fields of the wire, of whatever values."""
    assert frame(frames.frame(one)), frames.frame(one)


def test_the_checker_knows_every_frame() -> None:
    """One without a field that has to be there, or with one of another kind, is noticed."""
    for name, members in FRAMES.items():
        needed = [member for member in members if not member.endswith("?")]
        assert not needed or not frame({"frame_type": name})
        assert not frame({"frame_type": name, "surplus": 1})


@pytest.mark.parametrize(
    ("name", "value"), [("frame_type", "ackk"), ("acked_ranges", [[2, 1]]), ("ack_delay", "1 ms")]
)
def test_the_checker_notices_a_wrong_field(name: str, value: Any) -> None:
    """An ACK frame with one field changed is none."""
    right = {"frame_type": "ack", "ack_delay": 0.5, "acked_ranges": [[1, 2]]}
    assert frame(right) and not frame({**right, name: value})


@pytest.mark.parametrize("mutant", ["no number", "another name", "one frame less"])
def test_a_wrong_writer_is_noticed(mutant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the check of files is for."""
    right = packets.packet

    def packet(*arguments: Any) -> dict[str, Any]:
        words = right(*arguments)
        if mutant == "no number":
            del words["datagram_id"]
        elif mutant == "another name":
            words["packet_header"] = words.pop("header")
        elif "frames" in words:
            words["frames"] = words["frames"][1:]
        return words

    monkeypatch.setattr("pathproof.reference.qlog.connection_log.packet", packet)
    with pytest.raises(AssertionError):
        for path in Logged(seed=1).established().written():
            check(path)


def test_files_have_the_names_of_their_connections() -> None:
    """Both ends name the connection alike, after Retry as well; the rest is in the endpoint's file."""
    world = Logged(seed=1, server={"retries": True}).established()
    original = world.connection.original.hex()
    names = {path.relative_to(world.folder).as_posix() for path in world.written()}
    assert names == {
        f"client/{original}_client.sqlog",
        "server/endpoint.sqlog",
        f"server/{original}_server.sqlog",
    }
    retry = [one for one in records(world.folder / "server/endpoint.sqlog") if one.get("name") in PACKETS]
    assert [one["data"]["header"]["packet_type"] for one in retry] == ["retry"]


def test_every_change_of_path_is_told() -> None:
    """A migration, and the end of the tuple that is left; a preferred address is among the parameters."""
    world = Logged(seed=2, server={"preferred_ipv4": PREFERRED}).established()
    world.application.request(100, 30_000)
    world.run(1.0)
    world.migrate(1)
    world.run(2.0)
    told = [one for path in world.written() for one in records(path)[1:]]
    states = [one["data"]["new"] for one in told if one["name"] == "quic:migration_state_updated"]
    assert {"migration_started", "migration_complete"} <= set(states)
    tuples = [one["data"] for one in told if one["name"] == "quic:tuple_assigned"]
    assert any("tuple_local" not in one for one in tuples)
    assert {"ip_v4": "10.0.1.1", "port_v4": 1000} in [one.get("tuple_local") for one in tuples]
    parameters = [one["data"] for one in told if one["name"] == "quic:parameters_set"]
    assert sum("preferred_address" in one for one in parameters) == 2


def test_data_of_streams_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither as it is nor in hexadecimal, though what the log has of a stream frame adds up to all of it."""
    world = Logged(seed=3).established()
    stream = world.application.request(1000, 0)
    secret = pattern(stream, 0, 1000)
    world.pump()
    world.run(1.0)
    texts = [path.read_bytes() for path in world.written()]
    assert not any(secret[:16] in text or secret[:16].hex().encode() in text for text in texts)
    client = next(path for path in world.written() if path.parent.name == "client")
    sent = [one["data"]["frames"] for one in records(client) if sends(one)]
    lengths = [one["raw"]["length"] for packet in sent for one in packet if one["frame_type"] == "stream"]
    assert sum(lengths) == len(secret)


def sends(record: dict[str, Any]) -> bool:
    """Whether a record is of a packet with frames that went."""
    return record.get("name") == "quic:packet_sent" and "frames" in record["data"]


def test_what_belongs_to_no_connection_is_told_with_the_reason() -> None:
    """Garbage, an unknown connection, another version: each is dropped, and the log says why."""
    world = Logged(seed=4).established()
    server = world.ends["server"]
    for data in (b"", b"\x40" + bytes(8) + bytes(40), b"\xc0" + (9).to_bytes(4, "big") + bytes(1200)):
        server.receive(data, SERVER, HERE, world.now)
    list(server.datagrams(world.now))
    told = [one for one in records(world.written()[-1].parent / "endpoint.sqlog")[1:] if "tuple" in one]
    names = [one["name"].removeprefix("quic:") for one in told if one["name"] != "quic:tuple_assigned"]
    assert names.count("udp_datagram_dropped") == 1
    why = [one["data"]["trigger"] for one in told if one["name"] == "quic:packet_dropped"]
    assert why == ["connection_unknown", "unsupported"]
    kinds = [one["data"]["header"]["packet_type"] for one in told if one["name"] == "quic:packet_sent"]
    assert kinds == ["stateless_reset", "version_negotiation"]


def test_no_file_is_written_twice(tmp_path: Path) -> None:
    """A second writer leaves what is there alone."""
    for _ in range(2):
        writer = QlogWriter(tmp_path, "server")
        Boundary(writer).datagram(None, 0.5, False, HERE, THERE, 1200)
        writer.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["endpoint-2.sqlog", "endpoint.sqlog"]
    assert len({path.read_bytes() for path in tmp_path.iterdir()}) == 1


def test_addresses_that_anyone_can_make_up_are_not_held(tmp_path: Path) -> None:
    """Beyond so many the oldest is given up, and the log says so; what comes back has another name."""
    writer = QlogWriter(tmp_path, "server")
    for number in range(MOST_TUPLES + 1):
        writer(DatagramSeen(None, 1.0, False, number, HERE, ("10.9.9.9", number), 50))
    writer(DatagramSeen(None, 1.0, False, MOST_TUPLES + 1, HERE, ("10.9.9.9", 0), 50))
    writer.close()
    told = [one["data"] for one in records(tmp_path / "endpoint.sqlog") if "tuple_assigned" in str(one)]
    given_up = [one["tuple_id"] for one in told if "tuple_local" not in one]
    assert given_up == ["0", "1"]
    assert told[-1]["tuple_id"] == str(MOST_TUPLES + 1)


def test_a_log_that_cannot_be_written_is_told_once(tmp_path: Path) -> None:
    """The connection goes on to its end, and no more is tried."""
    world = Logged(seed=5).established()
    told: list[OSError] = []
    world.writers[0].on_failure = told.append
    shutil.rmtree(world.folder / "client")
    world.application.request(100, 200_000)
    world.finish()
    world.writers[0].close()
    assert world.application.is_done()
    assert [type(error) for error in told] == [FileNotFoundError]
    assert world.writers[0].failure is told[0]


def test_little_is_held() -> None:
    """What is a second old is written while the connection goes on, and more than 64 KiB is never held."""
    world = Logged(seed=6).established()
    world.application.request(100, 400_000)
    sizes = []
    for _ in range(40):
        world.run(0.05)
        logs = list(world.writers[1]._logs.values())
        sizes.append(max(log.file._size for log in logs))
    assert 0 < max(sizes) < file.HELD
    assert sum(path.stat().st_size for path in world.folder.glob("server/*")) > 2 * file.HELD


def test_a_connection_that_is_forgotten_is_written(tmp_path: Path) -> None:
    """The endpoint need not tell its end: a first packet that is not authentic begins none that lasts."""
    world = Logged(seed=7)
    client = Endpoint(world.client_configuration, world.rng.randbytes, bytes(32))
    server = Endpoint(
        world.server_configuration,
        world.rng.randbytes,
        bytes(32),
        True,
        observer=QlogWriter(tmp_path, "server"),
    )
    client.connect(HERE, SERVER, 0.0)
    first = bytearray(next(iter(client.datagrams(0.0))).data)
    first[-1] ^= 1
    server.receive(bytes(first), SERVER, HERE, 0.0)
    gc.collect()
    [path] = tmp_path.glob("*_server.sqlog")
    assert [one["name"] for one in records(path)[-1:]] == ["quic:packet_dropped"]


def test_a_disk_that_takes_a_part_is_asked_again() -> None:
    """A write that is cut short goes on where it ended."""
    came = bytearray()

    class Narrow:
        """Takes three bytes at a time."""

        def write(self, data: memoryview) -> int:
            came.extend(data[:3])
            return len(data[:3])

    file._write(Narrow(), b"0123456789")
    assert bytes(came) == b"0123456789"


def test_the_end_names_who_ended_it() -> None:
    """A close of the application, as both ends tell it."""
    world = Logged(seed=8).established()
    world.application.closed = True
    world.connection.close(world.now, 7, "enough")
    world.pump()
    world.run(1.0)
    ends = [
        one["data"] for path in world.written() for one in records(path) if "connection_closed" in str(one)
    ]
    expected = {"application_error": "unknown", "error_code": 7, "reason": "enough", "trigger": "application"}
    assert ends == [{"initiator": who, **expected} for who in ("local", "remote")]
    assert frames.frame(ConnectionClose(10, 0x18, "x"))["error"] == "protocol_violation"
