"""Datagrams, addresses, sizes and dropped packets, as far as each dialect tells them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from importlib.resources import files
from typing import Any, TypeVar

import pytest

from pathproof.conformance.events import NOT_LOGGED, Datagram, Dropped, Gap, Packet, Trace
from pathproof.conformance.qlog import carriers, read

Reading = Callable[[str | bytes], Trace]
Kind = TypeVar("Kind")
HERE, THERE = {"ip_v4": "10.0.0.1", "port_v4": 443}, {"ip_v6": "fd00::1", "port_v6": 7}
HEADER = {"packet_type": "1RTT", "packet_number": 1, "dcid": "aa"}
NEW = "urn:ietf:params:qlog:file:sequential"


def sequence(*events: dict[str, Any], name: str = "someone") -> str:
    """A file of the current schema."""
    head = {"file_schema": NEW, "trace": {"vantage_point": {"name": name, "type": "client"}}}
    return "".join(f"\x1e{json.dumps(record)}\n" for record in (head, *events))


def event(name: str, data: Any, of: Any = None) -> dict[str, Any]:
    """An event, of a tuple or of none."""
    return {"time": 1, "name": name, "data": data, **({} if of is None else {"tuple": of})}


def assigned(name: Any, **ends: Any) -> dict[str, Any]:
    """A tuple has these ends."""
    return event("quic:tuple_assigned", {"tuple_id": name, **ends})


def came(of: Any = None, **more: Any) -> dict[str, Any]:
    """A datagram came."""
    return event("quic:udp_datagrams_received", {"count": 1, "raw": [{"length": 50}], **more}, of)


def packet(sent: bool = False, **more: Any) -> dict[str, Any]:
    """A packet went or came."""
    name = "quic:packet_sent" if sent else "quic:packet_received"
    return event(name, {"header": HEADER, "frames": [{"frame_type": "ping"}], **more})


def picked(found: Iterable[object], kind: type[Kind]) -> list[Kind]:
    """The events of one kind."""
    return [one for one in found if isinstance(one, kind)]


def test_a_tuple_gives_datagrams_their_addresses(trace_of: Reading) -> None:
    """It is told once; told again it has other ends, and without ends it is given up."""
    trace = trace_of(
        sequence(
            came("a"),
            assigned("a", tuple_local=HERE, tuple_remote=THERE),
            came("a"),
            came(),
            assigned("a", tuple_local=THERE, tuple_remote=HERE),
            came("a"),
            assigned("a"),
            came("a"),
            assigned("", tuple_local=HERE),
            came(),
        )
    )
    four, six = "10.0.0.1:443", "[fd00::1]:7"
    assert [(one.local, one.remote) for one in picked(trace.events, Datagram)] == [
        (NOT_LOGGED, NOT_LOGGED),
        (four, six),
        (NOT_LOGGED, NOT_LOGGED),
        (six, four),
        (NOT_LOGGED, NOT_LOGGED),
        (four, NOT_LOGGED),
    ]
    assert "addresses" not in trace.capabilities and "datagrams" in trace.capabilities
    assert not trace.unknown


def test_tuples_are_held_in_bounds(trace_of: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of too many, the oldest is forgotten."""
    monkeypatch.setattr(carriers, "MOST_TUPLES", 2)
    told = [assigned(number, tuple_local=HERE, tuple_remote=THERE) for number in range(3)]
    trace = trace_of(sequence(*told, *[came(number) for number in range(3)]))
    assert [one.local is NOT_LOGGED for one in picked(trace.events, Datagram)] == [True, False, False]


def test_names_of_any_length_are_not_kept(trace_of: Reading) -> None:
    """A tuple with a long ID is not known, and a host that is long is none."""
    name, host = "a" * 257, {"ip_v4": "1" * 257, "port_v4": 1}
    told = [assigned(name, tuple_local=HERE), assigned("b", tuple_local=host, tuple_remote=THERE)]
    trace = trace_of(sequence(*told, came(name), came("b")))
    assert [(one.local, one.remote) for one in picked(trace.events, Datagram)] == [
        (NOT_LOGGED, NOT_LOGGED),
        (NOT_LOGGED, "[fd00::1]:7"),
    ]


def test_packets_name_their_datagrams(trace_of: Reading) -> None:
    """By the numbers of earlier drafts; some datagrams may be told at once."""
    both = {"raw": [{"length": 50}, {"length": 60}], "datagram_ids": [4, 5]}
    trace = trace_of(sequence(came(**both), packet(datagram_id=4, raw={"length": 30}), packet()))
    assert [(one.number, one.size) for one in picked(trace.events, Datagram)] == [(4, 50), (5, 60)]
    found = picked(trace.events, Packet)
    assert [(one.datagram, one.size) for one in found] == [(4, 30), (NOT_LOGGED, NOT_LOGGED)]


def test_a_checksum_names_a_datagram_that_was_told(trace_of: Reading) -> None:
    """Not one of which nothing is known, as quic-go's, and not one of the other direction."""
    of: dict[str, Any] = {"datagram_payload_checksum": 77}
    trace = trace_of(
        sequence(packet(**of), came(datagram_payload_checksums=[77]), packet(**of), packet(True, **of))
    )
    assert [one.datagram for one in picked(trace.events, Packet)] == [NOT_LOGGED, 77, NOT_LOGGED]


@pytest.mark.parametrize(
    ("name", "raw", "size"),
    [
        ("transport:datagrams_sent", {"length": 1208, "payload_length": 1200}, 1200),
        ("transport:datagrams_sent", {"length": 1208}, NOT_LOGGED),
        ("quic:udp_datagrams_sent", {"length": 1200}, 1200),
        ("quic:udp_datagrams_sent", {}, NOT_LOGGED),
    ],
)
def test_the_size_is_that_of_the_payload(trace_of: Reading, name: str, raw: Any, size: Any) -> None:
    """Up to qlog 0.3, a length alone may count the UDP header, or not."""
    trace = trace_of(sequence(event(name, {"raw": [raw]})))
    assert [one.size for one in picked(trace.events, Datagram)] == [size]
    assert ("datagrams" in trace.capabilities) == (size == 1200)


@pytest.mark.parametrize(
    ("data", "many"), [({"count": 3}, 3), ({"byte_length": 1200}, 1), ({"count": 2**60}, 64), ({}, 0)]
)
def test_a_datagram_without_a_size_is_one_all_the_same(trace_of: Reading, data: Any, many: int) -> None:
    """It is there, of a size that is not logged: nobody knows what `byte_length` counts of several."""
    trace = trace_of(sequence(event("transport:datagrams_sent", data)))
    assert [one.size for one in picked(trace.events, Datagram)] == [NOT_LOGGED] * many
    assert "datagrams" not in trace.capabilities


def test_aioquic_tells_what_came_first() -> None:
    """Its packets that came add up to their datagrams; of those that went nobody knows in which they were."""
    sample = files("pathproof.conformance") / "samples" / "aioquic-lossy-client.qlog"
    [trace] = read(str(sample))
    found, sizes = picked(trace.events, Packet), dict[Any, Any]()
    for one in found:
        if not one.sent:
            sizes[one.datagram] = sizes.get(one.datagram, 0) + one.size
    told = {one.number: one.size for one in picked(trace.events, Datagram) if not one.sent}
    assert len(told) > 20 and NOT_LOGGED not in told
    assert all(size <= told[number] for number, size in sizes.items())
    assert sum(size == told[number] for number, size in sizes.items()) > 0.8 * len(told)
    assert {one.datagram for one in found if one.sent} == {NOT_LOGGED}
    assert {one.number for one in picked(trace.events, Datagram) if one.sent} == {NOT_LOGGED}
    assert "datagrams" in trace.capabilities and "addresses" not in trace.capabilities


def picoquic(*events: list[Any]) -> str:
    """A file of picoquic's shape."""
    fields = ["relative_time", "category", "event", "data"]
    trace = {
        "vantage_point": {"name": "backend", "type": "server"},
        "title": "picoquic",
        "event_fields": fields,
    }
    return json.dumps({"qlog_version": "draft-00", "traces": [{**trace, "events": list(events)}]})


def test_picoquic_tells_addresses_where_they_change(trace_of: Reading) -> None:
    """One that is not told is the latest told, in either direction."""
    first = {"byte_length": 40, "addr_from": HERE, "addr_to": THERE}
    moved = {"byte_length": 42, "addr_from": {**HERE, "port_v4": 9}}
    trace = trace_of(
        picoquic(
            [0, "transport", "datagram_received", first],
            [1, "transport", "datagram_sent", {"byte_length": 41}],
            [2, "transport", "datagram_received", moved],
            [3, "transport", "datagram_sent", {"byte_length": 43}],
        )
    )
    here, there, other = "10.0.0.1:443", "[fd00::1]:7", "10.0.0.1:9"
    assert [(one.sent, one.local, one.remote, one.size) for one in picked(trace.events, Datagram)] == [
        (False, there, here, 40),
        (True, there, here, 41),
        (False, there, other, 42),
        (True, there, other, 43),
    ]
    assert {"addresses", "datagrams"} <= trace.capabilities


def test_picoquic_leaves_the_tag_out_of_what_it_sends(trace_of: Reading) -> None:
    """Not of what comes, and not where there is none."""
    plain = {"packet_type": "1RTT", "header": {"packet_number": 1, "packet_size": 40}, "frames": []}
    reset = {**plain, "packet_type": "stateless_reset"}
    told = (("packet_sent", plain), ("packet_received", plain), ("packet_sent", reset))
    trace = trace_of(picoquic(*([0, "transport", name, data] for name, data in told)))
    assert [one.size for one in picked(trace.events, Packet)] == [56, 40, 40]


@pytest.mark.parametrize(
    ("token", "bytes_of"),
    [
        ("c0ffee", b"\xc0\xff\xee"),
        ({"data": "c0ffee"}, b"\xc0\xff\xee"),
        ({"raw": {"length": 0, "data": ""}}, b""),
        ({"type": "retry"}, NOT_LOGGED),
        (None, NOT_LOGGED),
    ],
)
def test_the_token_of_an_initial_packet(trace_of: Reading, token: Any, bytes_of: Any) -> None:
    """As picoquic, ngtcp2 and the drafts write it; of other packets there is none."""
    kinds = [{**HEADER, "packet_type": kind, "token": token} for kind in ("initial", "handshake")]
    trace = trace_of(sequence(*[event("quic:packet_received", {"header": header}) for header in kinds]))
    assert [one.token for one in picked(trace.events, Packet)] == [bytes_of, NOT_LOGGED]


def test_a_dropped_packet_is_told_with_what_is_known(trace_of: Reading) -> None:
    """All of it, as the drafts have it; little, as aioquic and picoquic do."""
    whole = {"header": HEADER, "raw": {"length": 40}, "datagram_id": 3, "trigger": "duplicate"}
    trace = trace_of(
        sequence(
            event("quic:packet_dropped", whole),
            event("transport:packet_dropped", {"trigger": "header_parse_error", "raw": {"length": 676}}),
            event("transport:packet_dropped", {"packet_type": "0RTT", "packet_size": 677}),
        )
    )
    told = [
        (one.type, one.destination, one.trigger, one.datagram, one.size)
        for one in picked(trace.events, Dropped)
    ]
    assert told == [
        ("1RTT", b"\xaa", "duplicate", 3, 40),
        (NOT_LOGGED, NOT_LOGGED, "header_parse_error", NOT_LOGGED, 676),
        ("0RTT", NOT_LOGGED, NOT_LOGGED, NOT_LOGGED, 677),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        came(raw=[{"length": -1}]),
        came(datagram_ids=["x"]),
        event("quic:tuple_assigned", {"tuple_id": "a", "tuple_local": {"ip_v4": 7}}),
        event("quic:packet_dropped", {"header": {"dcid": "abc"}}),
    ],
)
def test_what_makes_no_sense_is_a_gap(trace_of: Reading, wrong: dict[str, Any]) -> None:
    """And the next event is read."""
    first, second = trace_of(sequence(wrong, came())).events
    assert isinstance(first, Gap) and isinstance(second, Datagram)
