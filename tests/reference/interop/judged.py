"""What the judge says of a run against another stack.

Our side keeps every rule; what the other side breaks is a fact to be told.
"""

from __future__ import annotations

from pathproof.conformance.events import Datagram, Packet
from pathproof.conformance.judge import judge
from pathproof.conformance.judge.verdicts import Report
from pathproof.conformance.watched import Watched


class OurBreach(AssertionError):
    """The reference broke a rule."""


def judged(watched: Watched) -> Report:
    """Judge what our end saw.

    Raises
    ------
    OurBreach
        If our side has broken a rule, or nothing was there to be judged.
    """
    report = judge(watched.trace())
    ours = [f"{found.clause}: {found.findings[0]}" for found in report.violated if found.subject == "local"]
    if ours:
        raise OurBreach("; ".join(ours))
    if not report.packets or not any(one.status == "holds" for one in report.verdicts):
        raise OurBreach("nothing was seen that could be judged")
    return report


def theirs(report: Report) -> str:
    """The clauses that the other side broke, with how often each was kept or broken."""
    found = (one for one in report.violated if one.subject == "peer")
    return ", ".join(
        f"{one.clause} ({len(one.violations) + one.further} of {one.exercised})" for one in found
    )


def linked(watched: Watched) -> int:
    """To how many of our addresses packets under one connection ID of ours came, at most.

    More than one links them (9.5-04). The judge leaves that open, as something between both ends may change
    addresses; here only our rebindings do, and an endpoint does not know its address after those.
    """
    at = {event.number: event.local for event in watched.events if isinstance(event, Datagram)}
    came: dict[object, set[object]] = {}
    for event in watched.events:
        if isinstance(event, Packet) and event.type == "1RTT" and not event.sent:
            came.setdefault(event.destination, set()).add(at[event.datagram])
    return max((len(addresses) for addresses in came.values()), default=0)
