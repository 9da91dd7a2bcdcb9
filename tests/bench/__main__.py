"""The explorer beside SPIN, the judge beside bare decoding, the reference beside aioquic: `make bench`.

`python -m tests.bench small` does the small bounds only.
"""

from __future__ import annotations

import sys

from tests.bench import follow, fresh, promela, ratios, spin, transfer
from tests.model.oracle.quic_cid import ORACLE

HEADER = (
    f"{'bounds':8}{'words':>5}{'states':>12}{'transitions':>14}{'depth':>7}"
    f"{'seconds':>9}{'states/s':>12}{'bytes/state':>13}{'SPIN states/s':>15}{'ratio':>8}"
)


def main(names: list[str]) -> None:
    """Print the table."""
    cold, warm = fresh.starts()
    print(f"start to end of a tiny exploration: {cold.whole:.1f} s cold, {warm.whole:.1f} s warm")
    print(HEADER)
    for name in names:
        for words in (1, 2, 4):
            print(row(name, words), flush=True)
    for words in (1, 2, 4):
        times = ratios.threads(words=words).seconds
        print(f"two threads, states of {words} words: {times:.2f} times as fast as one")
    kept = ratios.reductions()
    print(f"reductions: {kept.states:.1f} times fewer states, {kept.seconds:.1f} times as fast")
    decoded, judged, times = follow.ratio()
    told = f"{decoded:.2f} s to decode, {judged:.2f} s to read and judge, {times:.1f} times that"
    print(f"{follow.PACKETS:,} packets of JSON-SEQ: {told}")
    ours, theirs, times = transfer.ratio()
    print(f"{transfer.SIZE // 1_000_000} MB between two processes: the reference {ours}")
    print(f"  aioquic {theirs}: the reference is {times:.2f} times as fast")


def row(name: str, words: int) -> str:
    """One line of the table: our figures and, beside those for states of one word, SPIN's if it is there."""
    ours = fresh.measured(name, words)
    rate = ours.states / ours.seconds
    line = (
        f"{name:8}{words:>5}{ours.states:>12,}{ours.transitions:>14,}{ours.depth:>7}"
        f"{ours.seconds:>9.2f}{rate:>12,.0f}{ours.bytes_per_state:>13.1f}"
    )
    if words > 1:
        return line
    if not spin.installed():
        return line + f"{'not installed':>15}"
    theirs = spin.run(promela.model(ORACLE, ORACLE.setting(fresh.SETTINGS[name])))
    if theirs.states != ours.states:
        raise AssertionError(f"SPIN finds {theirs.states:,} states, the explorer {ours.states:,}")
    return line + f"{theirs.states / theirs.seconds:>15,.0f}{rate * theirs.seconds / theirs.states:>8.1f}"


if __name__ == "__main__":
    main(sys.argv[1:] or ["small", "mid"])
