"""What is sent comes through whole, whatever is lost, and reassembly takes it in any order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pathproof.reference.reassembly import Reassembly
from pathproof.reference.send_buffer import SendBuffer

Sent = tuple[int, bytes, bool]
STEPS = st.lists(st.tuples(st.sampled_from(["write", "send", "ack", "lose", "late"]), st.integers(0, 30)))


@given(STEPS)
def test_all_that_is_written_is_acknowledged_in_the_end(steps: list[tuple[str, int]]) -> None:
    """Losses, late arrivals of what was lost, and writes in between leave nothing out and make nothing up."""
    buffer, written, waiting, lost = SendBuffer(), bytearray(), list[Sent](), list[Sent]()
    for step, number in steps:
        if step == "write":
            data = bytes((len(written) + one) % 251 for one in range(number))
            written += data
            buffer.write(data)
        elif step == "send":
            taken = buffer.take(number, allowed=20)
            waiting += [taken] if taken is not None else []
        elif step == "late" and lost:
            offset, data, fin = lost.pop(number % len(lost))
            buffer.acked(offset, len(data), fin)
        elif waiting:
            one = waiting.pop(number % len(waiting))
            (buffer.acked if step == "ack" else buffer.lost)(one[0], len(one[1]), one[2])
            lost += [one] if step == "lose" else []
        assert buffer.end == len(written)
    buffer.write(b"", fin=True)
    received = Reassembly()
    for one in [*waiting, *lost]:
        buffer.lost(one[0], len(one[1]), one[2])
    while (taken := buffer.take(7, allowed=1000)) is not None:
        offset, data, fin = taken
        assert len(data) <= 7 and bytes(written[offset : offset + len(data)]) == data
        assert not fin or offset + len(data) == len(written)
        received.receive(offset, data)
        buffer.acked(offset, len(data), fin)
    assert buffer.is_done and buffer.unacknowledged == 0 and not buffer.unsent


def test_what_is_sent_again_needs_no_credit_and_what_is_new_does() -> None:
    """And a lost end is sent again without the bytes before it, if those have arrived."""
    buffer = SendBuffer()
    buffer.write(b"abcdef", fin=True)
    assert buffer.take(10, allowed=4) == (0, b"abcd", False)
    assert buffer.take(10, allowed=0) is None
    buffer.lost(0, 4, fin=False)
    assert buffer.take(2, allowed=0) == (0, b"ab", False)
    assert buffer.take(10, allowed=9) == (2, b"cd", False)
    assert buffer.take(10, allowed=9) == (4, b"ef", True)
    buffer.lost(4, 2, fin=True)
    buffer.acked(4, 2, fin=False)
    assert buffer.take(0, allowed=0) == (6, b"", True)
    assert not buffer.is_done


def test_a_probe_repeats_what_is_not_acknowledged() -> None:
    """And nothing that was never sent."""
    buffer = SendBuffer()
    buffer.write(b"abcdefgh")
    buffer.take(2, 9), buffer.take(2, 9), buffer.take(2, 9)
    buffer.acked(2, 2, fin=False)
    buffer.repeat()
    assert [buffer.take(9, 0), buffer.take(9, 0), buffer.take(9, 9)] == [
        (0, b"ab", False),
        (4, b"ef", False),
        (6, b"gh", False),
    ]


def test_what_is_acknowledged_is_forgotten() -> None:
    """Fifty megabytes in flight pass through as much memory as is not acknowledged."""
    buffer = SendBuffer()
    for _ in range(50):
        buffer.write(bytes(1_000_000))
        while (taken := buffer.take(100_000, allowed=1 << 40)) is not None:
            buffer.acked(taken[0], len(taken[1]), fin=False)
        assert buffer.unacknowledged == 0
    assert buffer.next == 50_000_000
