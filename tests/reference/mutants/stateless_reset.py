"""Mutants of stateless reset: how large, how often, and which token of whom counts (10.3)."""

from __future__ import annotations

from typing import Any

from tests.reference.mutants.registry import Patch, mutant
from tests.reference.simulation import stories, strangers

from pathproof.reference.cid_supply import Consumer
from pathproof.reference.connection import packets, receiving
from pathproof.reference.connection.ending import Ending
from pathproof.reference.frames import ConnectionClose
from pathproof.reference.stateless_reset import Resetter, is_reset, resetter


@mutant(
    "RFC9000-10.3.3-01", "NX-02", "QN-30", "MV-12", "PQ-09", story=stories.crash, machine="stateless_reset"
)
def large_resets(patch: Patch) -> None:
    """A reset has the size of its trigger."""
    patch.setattr(resetter, "size_of_reset", lambda trigger, draw: trigger)


@mutant("RFC9000-10.3.1-03", "NG-07", "NX-24", story=stories.migrations, machine="stateless_reset")
def unused_tokens_are_compared(patch: Patch) -> None:
    """A token counts from when it has come, and for every address."""

    def tokens(self: Consumer, numbers: Any = None) -> list[bytes]:
        return [one.token for one in self.active.values() if one.token is not None]

    patch.setattr(Consumer, "tokens", tokens)


@mutant(
    "RFC9000-10.3-18",
    "MV-12",
    "NX-02",
    story=strangers.junk,
    machine="stateless_reset",
    seen_as=("RFC9000-10.3.3-01",),
)
def resets_of_four_times_the_size(patch: Patch) -> None:
    """A reset is four times as large as its trigger."""
    patch.setattr(resetter, "size_of_reset", lambda trigger, draw: 4 * trigger)


@mutant(
    "RFC9000-10.3-14", "NX-04", story=strangers.junk, machine="stateless_reset", seen_as=("RFC9000-5.2-05",)
)
def tiny_resets(patch: Patch) -> None:
    """However small a datagram, a smaller one answers it."""
    patch.setattr(resetter, "is_large_enough", lambda trigger: trigger > 17)


@mutant("RFC9000-10.3.3-01", "QN-30", story=strangers.junk, machine="stateless_reset")
def small_resets_are_as_large(patch: Patch) -> None:
    """A reset of a small packet has the size of it."""
    before = resetter.size_of_reset
    patch.setattr(
        resetter, "size_of_reset", lambda trigger, draw: max(before(trigger, draw), min(trigger, 43))
    )


@mutant("RFC9000-10.3-01", "NX-03", "QN-31", story=strangers.much_junk)
def resets_without_end(patch: Patch) -> None:
    """Every packet of nobody is answered, however many come."""
    before = resetter.Resetter.answer

    def answer(self: Resetter, connection_id: bytes, trigger: int, now: float) -> bytes | None:
        self._allowed.spent = 0.0
        return before(self, connection_id, trigger, now)

    patch.setattr(resetter.Resetter, "answer", answer)


@mutant(
    "RFC9000-10.3.1-08",
    "QG-21",
    "NG-06",
    "MS-07",
    story=strangers.reset_of_what_is_retired,
    machine="stateless_reset",
)
def retired_tokens_are_compared(patch: Patch) -> None:
    """A token counts for ever."""
    before, known = Consumer.tokens, dict[int, list[bytes]]()

    def tokens(self: Consumer, numbers: Any = None) -> list[bytes]:
        kept = known.setdefault(id(self), [])
        kept += [one for one in before(self) if one not in kept]
        return kept

    patch.setattr(Consumer, "tokens", tokens)
    retire = Consumer.retire

    def retired(self: Consumer, number: int) -> None:
        tokens(self)
        retire(self, number)

    patch.setattr(Consumer, "retire", retired)


@mutant("RFC9000-10.3.1-03", "CQ-09", "QG-26", story=strangers.reset_after_a_move, machine="stateless_reset")
def the_first_token_alone(patch: Patch) -> None:
    """Only the token of the transport parameter counts."""

    def tokens(self: Consumer, numbers: Any = None) -> list[bytes]:
        return [one.token for number, one in self.active.items() if number == 0 and one.token]

    patch.setattr(Consumer, "tokens", tokens)


@mutant(
    "RFC9000-10.3.1-03",
    "S2-07",
    "MV-14",
    "LX-10",
    story=strangers.reset_after_all,
    machine="stateless_reset",
    early=True,
)
def the_first_token_is_not_kept(patch: Patch) -> None:
    """The token of the transport parameter is passed over."""
    before = Consumer.tokens

    def tokens(self: Consumer, numbers: Any = None) -> list[bytes]:
        return before(self, [number for number in (numbers or self.active) if number])

    patch.setattr(Consumer, "tokens", tokens)


@mutant("RFC9000-10.3.1-04", "QN-28", "QL-16", "NX-23", story=strangers.long_reset)
def short_headers_alone(patch: Patch) -> None:
    """What looks like a long header is no reset."""
    before = is_reset
    patch.setattr(receiving, "is_reset", lambda data, tokens: not data[0] & 0x80 and before(data, tokens))


@mutant("RFC9000-10.3.1-04", "XQ-05", story=strangers.small_reset)
def the_smallest_is_missed(patch: Patch) -> None:
    """A reset has more than 21 bytes."""
    before = is_reset
    patch.setattr(receiving, "is_reset", lambda data, tokens: len(data) > 21 and before(data, tokens))


@mutant(
    "RFC9000-10.3.1-08", "QN-27", "S2-23", story=strangers.reset_from_elsewhere, machine="stateless_reset"
)
def a_reset_from_anywhere(patch: Patch) -> None:
    """A token counts whatever address it comes from."""
    before = Consumer.tokens
    patch.setattr(Consumer, "tokens", lambda self, numbers=None: before(self))


@mutant(
    "RFC9000-10.3.1-07",
    "QG-25",
    story=strangers.reset_after_all,
    machine="stateless_reset",
    early=True,
    client={"empty_connection_id": True},
)
def unknown_ids_alone(patch: Patch) -> None:
    """What bears a known connection ID, or an empty one, is no reset."""
    patch.setattr(receiving, "look_for_reset", lambda *rest: False)


@mutant("RFC9000-10.3.1-11", "GO-02", story=strangers.reset_after_all, machine="stateless_reset", early=True)
def a_reset_is_answered(patch: Patch) -> None:
    """CONNECTION_CLOSE goes to a peer that has lost its state."""

    def drain(self: Ending, now: float, pto: float) -> None:
        self.close(ConnectionClose(0, 0, ""), now, pto)

    patch.setattr(Ending, "drain", drain)


@mutant("RFC9000-10.3.1-11", story=strangers.reset_after_all, machine="stateless_reset", early=True)
def a_reset_changes_nothing(patch: Patch) -> None:
    """The connection goes on after a reset."""
    patch.setattr(Ending, "drain", lambda self, now, pto: None)


@mutant("RFC9000-10.3-15", "QN-29", story=stories.migrations)
def packets_too_small_for_a_reset(patch: Patch) -> None:
    """A packet may have three bytes of payload, and a reset in answer does not look like it."""
    patch.setattr(packets, "LEAST_PAYLOAD", 3)
