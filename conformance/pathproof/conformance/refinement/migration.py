"""A server that follows its client, held against the server of the machine `migration`.

Addresses of the machine are the `Path`s of the reference, as long as the server is at one address of its own
(`preferred_address` is the machine for two). The client and the network are what packets show of them. Fields
that other machines follow are looked up before each step: connection IDs in supply (`cid_supply`), responses
owed (`path_validation`), and whether the limit lets a datagram go (`anti_amplification`).

A path that was validated by a small challenge only is validated here; that it carries 1200 bytes is
`path_validation`'s, and so is what the reference does where it turns out that it does not.
"""

from __future__ import annotations

from dataclasses import replace

from pathproof.conformance.refinement.ends import End, Processed, Sent, Step, probes
from pathproof.conformance.refinement.serving import APPARENT, RESPONSES, ServerState
from pathproof.model.intervals import IntervalNumbers
from pathproof.model.migration.connection_ids import assign, equip, leave
from pathproof.model.migration.fall_back import fail as fails
from pathproof.model.migration.fall_back import fall_back
from pathproof.model.migration.paths import end_validation, forget, is_idle, open_path
from pathproof.model.migration.state import DISCARDED
from pathproof.model.plain import PlainNumbers, PlainTable
from pathproof.model.vocabulary import add, discard, get, has, minus, put
from pathproof.reference.frames import PathChallenge, PathResponse
from pathproof.reference.migration import Path
from pathproof.reference.spaces import PacketType


class Migration(ServerState):
    """The follower of one server, from the confirmation of its handshake on."""

    def step(self, end: End, step: Step) -> None:
        """Something happened at the server."""
        if end is not self.end or self.is_over or not self._is_alive(step):
            return
        self._learn()
        for one in step.processed:
            if one.packet.kind is PacketType.ONE_RTT:
                self._came(one)
        for told in step.told:
            if told.what == "failed":
                self._failed(told.path)
        self._forgotten()
        for sent in step.sent:
            if sent.packet.kind is PacketType.ONE_RTT:
                self._sent(sent)
        self._compare()

    def _is_alive(self, step: Step) -> bool:
        """Whether this machine still knows all that matters: one local address, and an open connection."""
        paths = self.end.connection.paths
        self.is_over = len({path.local for path in paths.known} | {paths.first.local}) > 1
        if self.is_over:
            return False
        is_open = self.end.connection.ending.is_open
        if not is_open and paths.is_given_up and self.s.connection != DISCARDED:
            for told in step.told:
                if told.what == "failed":
                    self._failed(told.path)
            self.same("discarded", self.s.connection, DISCARDED, "RFC9000-9.3.2-04")
        return is_open

    # Packets of the client.

    def _came(self, one: Processed) -> None:
        """A packet of the client has come: the machine takes it as sent from there, and delivers it."""
        packet, path = one.packet, self._number(one.path)
        assert packet.number is not None
        self._deliver(one, packet.number, path)
        for frame in packet.frames:
            if isinstance(frame, PathResponse):
                self._answered(frame.data)

    def _deliver(self, one: Processed, number: int, path: int) -> None:
        self._view()
        s, packet = self.s, one.packet
        s.source, s.sent = PlainTable({number: path}), number + 1
        s.probing = IntervalNumbers([(number, number + 1)] if probes(packet) else [])
        s.peer_cid = put(s.peer_cid, path, self.bearing.get(packet.destination, 0))
        asks = any(isinstance(frame, PathChallenge) for frame in packet.frames)
        s.works = discard(s.works, path) if asks else add(s.works, path)
        action = "deliver" if has(s.paths, path) else "deliver_from_elsewhere"
        self._by_readings(action, number)
        if not has(self.s.paths, path):
            self.reads("state is kept about where an overtaken packet came from")
            self.part(open_path, path, get(self.s.peer_cid, path))

    def _by_readings(self, action: str, number: int) -> None:
        """The former path is challenged or not, by the reading that the reference follows here."""
        wanted = self._to_validate()
        for reading in APPARENT:
            p = replace(self.p, apparent_migration=reading)
            after = self.may(action, p, number=number)
            if after is None:
                break
            due = set(after.due.members) | set(after.validating.members)
            if wanted == {one for one in due if one in wanted or self._matters(one)}:
                self.take(action, p, number=number)
                return
        self.take(action, replace(self.p, apparent_migration=APPARENT[0]), number=number)

    def _answered(self, data: bytes) -> None:
        path = self.challenges.pop(data, None)
        if path is None or not has(self.s.validating, path):
            return
        self.s.answered = add(self.s.answered, path)
        self.take("deliver_path_response", address=path)
        self.answered_last = path
        self._over(path)
        if path in self._to_validate():
            self.reads("a path that a small challenge has validated is validated again, with 1200 bytes")
            self.s.due = add(self.s.due, path)

    def _over(self, path: int) -> None:
        self.challenges = {data: at for data, at in self.challenges.items() if at != path}

    # What fails, and what is forgotten.

    def _failed(self, where: Path) -> None:
        """An attempt was given up by its timer."""
        path = self._number(where)
        self._view()
        self._over(path)
        if has(self.s.validating, path):
            if get(self.s.ticks, path) < self.p.ptos:
                self.take("server_waits", address=path)
            self.take("server_gives_up", address=path)
            self._unusable(path)
        elif has(self.s.due, path):
            self.reads("an attempt is given up before its first challenge could leave")
            self.part(fails, self.p, path)
            self.s.due = discard(self.s.due, path)
            self._unusable(path)

    def _unusable(self, path: int) -> None:
        """A path in use that was validated, and does not carry 1200 bytes, is left as one that has failed."""
        paths = self.end.connection.paths
        now_at = self._number(paths.current)
        if path != self.s.current or not has(self.s.validated, path) or now_at == path:
            if not (paths.is_given_up and path == self.s.current and self.s.connection != DISCARDED):
                return
            now_at = path
        self.reads("a path in use that does not carry 1200 bytes is given up")
        self.same("going back to a validated path", has(self.s.validated, now_at), True, "RFC9000-9.3.2-01")
        self.s.fallback = now_at
        self.part(fall_back, self.p)

    def _forgotten(self) -> None:
        """Paths that the reference knows no longer."""
        known = {self._number(path) for path in self.end.connection.paths.known}
        for path in sorted(self.s.paths.members - known):
            self._view()
            self._over(path)
            if path == self.s.fallback != self.s.current and has(self.s.validated, self.s.current):
                self.s.fallback = self.s.current  # what was answered last is gone, and so is that reading
            if has(self.s.validating, path) and path != self.s.current:
                self.take("abandon", address=path)
            if is_idle(self.s, self.p, path):
                self.take("give_up_path", address=path)
            elif path not in (self.s.current, self.s.fallback):
                self.reads("state about a path is dropped while a challenge is due there")
                self.part(end_validation, path)
                self.part(forget, self.p, path)

    # Packets of the server.

    def _sent(self, sent: Sent) -> None:
        """A packet has left, under a connection ID for its path, and perhaps with a challenge."""
        path, c = self._number(sent.path), self.end.connection
        name = 1 if c.consumer.is_empty else self.numbers.get(sent.packet.destination, 0)
        self._view()
        # what another path has is no spare one, though no packet bore it yet
        others = [one.destination for one in c.paths.known if one is not sent.path]
        taken = [number for number in others if number is not None and number + 1 != name]
        held = PlainNumbers(number + 1 for number in taken)
        self.s.spare = minus(self.s.spare, held)
        if get(self.s.cid_at, path) != name or not has(self.s.issued, name):
            self._equip(path, name)
        self.borne.add(name)
        for frame in sent.packet.frames:
            if isinstance(frame, PathChallenge):
                self._challenged(path, frame.data)

    def _equip(self, path: int, name: int) -> None:
        """Packets there bear another connection ID: that paired with the peer's, or a spare one."""
        before = self.s
        for reading in RESPONSES:
            view = replace(before)
            self.s = view
            if not has(view.issued, get(view.cid_at, path)):
                self.part(leave, path)
            self.part(equip, replace(self.p, cid_change_response=reading), path)
            if get(self.s.cid_at, path) == name:
                return
        got = get(self.s.cid_at, path)
        self.s = before
        if self._is_paired_since(path, name):
            self.reads("what the latest packet on a path bore is paired with the connection ID there")
            self.part(assign, path, name)
            return
        self.fail("RFC9000-9.5-04", f"packets to path {path} bear {name}, and {got} is for them")

    def _is_paired_since(self, path: int, name: int) -> bool:
        """Another path bears this, and the peer addresses the two alike by now (9.5-05)."""
        known = {self._number(one): one for one in self.end.connection.paths.known}
        source = known[path].source if path in known else None
        alike = [one for at, one in known.items() if at != path and one.source == source]
        return source is not None and any(one.destination == name - 1 for one in alike)

    def _challenged(self, path: int, data: bytes) -> None:
        if has(self.s.due, path):
            self.s.allowance = put(self.s.allowance, path, 3)  # it has left: the limit had room
            self.take("challenge", address=path)
        if has(self.s.validating, path):
            self.challenges[data] = path

    # The abstraction.

    def _compare(self) -> None:
        s, paths = self.s, self.end.connection.paths
        self.same("in use", s.current, self._number(paths.current), "RFC9000-9.3-02")
        self.same("the highest number", s.highest, paths.highest + 1, "RFC9000-9.3-04")
        known = {self._number(path) for path in paths.known}
        self.same("paths", set(s.paths.members), known, "RFC9000-9.3.1-01")
        validated = {self._number(path) for path in paths.known if path.is_validated}
        self.same("validated", set(s.validated.members) & known, validated, "RFC9000-9-04")
        ours = (set(s.due.members) | set(s.validating.members)) & known
        self.same("under validation", ours, self._to_validate(), "RFC9000-9.3-02")
        heard = {self._number(path) for path in paths.known if path.is_heard} | {0}  # by its handshake
        self.same("heard", set(s.heard.members) & known, heard & known, "RFC9000-9-09")
        if paths.last_validated is not None:
            last = self._number(paths.last_validated)
            if last != s.fallback and last == self.answered_last:
                self.reads("the address whose answer came last is the last validated, though it was left")
                s.fallback = s.proven = last
            self.same("validated last", s.fallback, last, "RFC9000-9.3.2-01")
