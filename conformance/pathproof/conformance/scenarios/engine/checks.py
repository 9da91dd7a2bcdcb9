"""Expectations that several scenarios share."""

from __future__ import annotations

from collections import defaultdict

from pathproof.conformance.events import Parameters, RetireConnectionId
from pathproof.conformance.scenarios.engine.expectation import Answer, Expectation, expect
from pathproof.conformance.scenarios.engine.seen import PathMark, Seen, host_of

FACTOR = 3
"""Bytes that may go to an unvalidated address for each that came from there (8-01)."""


def download_is_complete() -> Expectation:
    """The connection outlives what the story did to it."""

    @expect("The download goes on over the same connection until all bytes are there", "9.2-01", "9.2-02")
    def check(seen: Seen) -> Answer:
        flow, many = seen.quic, len([number for number in seen.traces.get("client", {}) if number >= 0])
        held = flow.outcome == "finished" and many == 1
        return Answer(held, f"{flow.received} of {flow.asked} bytes, connections: {many}, {flow.outcome}")

    return check


def client_goes_on_from(*hosts: str) -> Expectation:
    """The client sends non-probing packets from each of these hosts, and challenges the server there."""

    @expect(f"The client goes on from {_all(hosts)}, and validates the path", "9.2-01", "9.2-03")
    def check(seen: Seen) -> Answer:
        challenged = {host_of(one.local) for one in seen.packets("client", True) if one.challenges()}
        validated = [host_of(mark.local) for mark in seen.paths("client", "validated")]
        held = all(host in challenged and host in validated for host in hosts)
        return Answer(held, f"challenges from {_all(sorted(challenged))}, validated {_all(validated)}")

    return check


def server_follows_to(*hosts: str) -> Expectation:
    """The server moves to each of these hosts, in this order."""

    @expect(f"The server's packets go to {_all(hosts)} once the client sends from there", "9.3-01", "9.3-02")
    def check(seen: Seen) -> Answer:
        moved = [host_of(mark.remote) for mark in seen.paths("server", "moved")]
        there = dict.fromkeys(host for host in moved if host in hosts)
        return Answer(tuple(there) == hosts, f"moved to {_all(moved)}")

    return check


def new_addresses_are_challenged(*hosts: str) -> Expectation:
    """The server challenges each of these hosts, and takes nothing but the same data for an answer."""
    clauses = ("9-04", "8.2.1-01", "8.2.1-05", "8.2.3-01")

    @expect(f"The server challenges {_all(hosts)}, and the client answers with the same data", *clauses)
    def check(seen: Seen) -> Answer:
        asked, answered = _asked_and_answered(seen)
        counts = {host: len(asked[host] & answered) for host in hosts}
        unique = sum(map(len, asked.values())) == len(set().union(*asked.values()))
        shown = ", ".join(f"{host}: {count} of {len(asked[host])}" for host, count in counts.items())
        return Answer(unique and all(counts.values()), f"challenges answered: {shown}")

    return check


def _asked_and_answered(seen: Seen) -> tuple[dict[str, set[object]], set[object]]:
    """The data of the server's challenges by host, and the data of all responses to it."""
    asked: dict[str, set[object]] = defaultdict(set)
    for one in seen.packets("server", True):
        asked[host_of(one.remote)].update(one.challenges())
    answered = {data for one in seen.packets("server", False) for data in one.responses()}
    return asked, answered


def no_id_is_used_on_two_paths() -> Expectation:
    """Neither end uses a connection ID from two local addresses, or toward two destinations."""
    clauses = ("9.5-03", "9.5-04", "5.1.2-05")

    @expect("No connection ID is used from two addresses of its user, or toward two of its issuer", *clauses)
    def check(seen: Seen) -> Answer:
        places: dict[tuple[str, bytes], set[tuple[str, str]]] = defaultdict(set)
        for one in seen.packets("client", True):
            places["client", one.destination].add((one.local, one.remote))
        shared = [name for name, used in places.items() if len(used) > 1]
        paths = {path for used in places.values() for path in used}
        shown = "" if not shared else f"; {shared[0][1].hex()} on {len(places[shared[0]])}"
        held = len(paths) > 1 and not shared
        return Answer(held, f"{len(places)} IDs of the client's packets on {len(paths)} paths{shown}")

    return check


def limit_is_kept() -> Expectation:
    """Three times what came from an address that is not validated, at any moment."""

    @expect(
        "To no address that is not validated go more than three times the bytes from there",
        "8-01",
        "9.3.1-01",
    )
    def check(seen: Seen) -> Answer:
        worst, where = worst_factor(seen)
        return Answer(0 < worst <= FACTOR, f"at most {worst:.2f} times, to {where}")

    return check


def worst_factor(seen: Seen, end: str = "server") -> tuple[float, str]:
    """How many bytes went to an unvalidated address for each that came from there, at worst, and where."""
    came: dict[str, int] = defaultdict(int)
    went: dict[str, int] = defaultdict(int)
    validated = {mark.remote: mark.at for mark in reversed(seen.paths(end, "validated"))}
    worst, where = 0.0, "nobody"
    for one in seen.datagrams(end):
        assert isinstance(one.remote, str) and isinstance(one.size, int)
        (went if one.sent else came)[one.remote] += one.size
        is_valid = one.time / 1000 - seen.began >= validated.get(one.remote, float("inf"))
        if one.sent and not is_valid and one.remote not in _of_handshake(seen, end):
            factor = went[one.remote] / came[one.remote] if came[one.remote] else float("inf")
            worst, where = max((worst, where), (factor, one.remote))
    return worst, where


def _of_handshake(seen: Seen, end: str) -> set[str]:
    """The address that the handshake validates, of which no path event tells."""
    return {str(one.remote) for one in list(seen.datagrams(end))[:1]}


def server_is_drawn_to(host: str) -> Expectation:
    """The attack works so far: without this the rest would be shown by an attack that failed."""

    @expect(f"The attack draws the server to {host}: the first copy to come counts", "9.3-01", "9.3-04")
    def check(seen: Seen) -> Answer:
        moved = [mark for mark in seen.paths("server", "moved") if host_of(mark.remote) == host]
        return Answer(bool(moved), f"moves there: {len(moved)}")

    return check


def nobody_answers_from(host: str) -> Expectation:
    """An attacker without keys answers no challenge."""

    @expect(f"No path to {host} is ever validated", "8.2.3-01", "8.2.4-04")
    def check(seen: Seen) -> Answer:
        validated = [mark.remote for mark in seen.paths("server", "validated")]
        tried = [
            one for one in seen.packets("server", True) if one.challenges() and host_of(one.remote) == host
        ]
        held = bool(tried) and not any(host_of(remote) == host for remote in validated)
        return Answer(held, f"challenges there: {len(tried)}, validated: {', '.join(validated) or 'none'}")

    return check


def nobody_answers_from_ports(host: str) -> Expectation:
    """The same, where the attacker uses other ports of the client's own host."""

    @expect("No path to a port that the client does not use is ever validated", "8.2.3-01", "8.2.4-04")
    def check(seen: Seen) -> Answer:
        genuine = {one.local for one in seen.packets("client", True)}
        moved = {mark.remote for mark in seen.paths("server", "moved")} - genuine
        wrong = {mark.remote for mark in seen.paths("server", "validated")} - genuine
        return Answer(
            bool(moved) and not wrong, f"{len(moved)} ports of {host} taken for it, {len(wrong)} validated"
        )

    return check


def server_comes_back_to(host: str) -> Expectation:
    """Genuine packets with higher numbers end the attack."""
    clauses = ("9.3.2-01", "9.3.2-02", "9.3.3-01")

    @expect(f"The server comes back to {host} by itself", *clauses)
    def check(seen: Seen) -> Answer:
        moves = seen.paths("server", "moved", "reverted")
        genuine = {one.local for one in seen.packets("client", True)}
        away = [mark for mark in moves if mark.remote not in genuine]
        held = bool(away) and moves[-1].remote in genuine and host_of(moves[-1].remote) == host
        shown = f"last at {moves[-1].remote}" if moves else "it never moved"
        return Answer(held, f"{shown}, {_seconds_away(moves, genuine, seen.seconds):.3f} s away in all")

    return check


def _seconds_away(moves: list[PathMark], genuine: set[str], ends: float) -> float:
    """How long the server was at addresses that are not the client's."""
    until = [*(mark.at for mark in moves[1:]), ends]
    return sum(end - mark.at for mark, end in zip(moves, until, strict=False) if mark.remote not in genuine)


def former_path_is_challenged(host: str) -> Expectation:
    """The peer may not have migrated at all; a challenge may be lost, and what comes is answered."""

    @expect(
        "The server challenges the path that was active before; the client answers", "9.3.3-02", "8.2.2-01"
    )
    def check(seen: Seen) -> Answer:
        asked = _asked_and_answered(seen)[0][host]
        came = {data for one in seen.packets("client", False) for data in one.challenges()} & asked
        answered = {data for one in seen.packets("client", True) for data in one.responses()} & asked
        shown = f"challenges there: {len(asked)}, of which {len(came)} came and {len(answered)} were answered"
        return Answer(bool(asked) and came == answered, shown)

    return check


def old_ids_are_retired(least: int) -> Expectation:
    """Whoever leaves a path retires the connection ID that was used there."""

    @expect("The client retires the connection IDs of the paths that it has left", "5.1.2-06", "5.1.2-03")
    def check(seen: Seen) -> Answer:
        retired = {
            frame.sequence_number
            for one in seen.packets("client", True)
            for frame in one.packet.frames
            if isinstance(frame, RetireConnectionId)
        }
        return Answer(len(retired) >= least, f"retired: {', '.join(map(str, sorted(retired))) or 'none'}")

    return check


def handshake_gave_a_token() -> Expectation:
    """Without a token in the handshake, the client could not know the reset for its first connection ID."""

    @expect("The server gave out a token for its first connection ID in the handshake", "10.3-04", "10.3-08")
    def check(seen: Seen) -> Answer:
        trace = seen.traces.get("client", {}).get(0)
        declared = [one for one in (trace.events if trace else ()) if isinstance(one, Parameters)]
        tokens = [one.stateless_reset_token for one in declared if one.owner == "remote"]
        sizes = [len(token) for token in tokens if isinstance(token, bytes)]
        return Answer(bool(sizes), f"{sizes[0]} bytes" if sizes else "no token")

    return check


def _all(hosts: object) -> str:
    assert isinstance(hosts, tuple | list)
    return ", ".join(hosts) or "nowhere"
