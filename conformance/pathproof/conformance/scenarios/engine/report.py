"""A run as JSON."""

from __future__ import annotations

from dataclasses import asdict

from pathproof.conformance.scenarios.engine.child import Line
from pathproof.conformance.scenarios.engine.moments import moments, serving_end, stays
from pathproof.conformance.scenarios.engine.running import Result


def as_dict(result: Result) -> Line:
    """All that a timeline shows, and each answer with its clauses; times are in seconds."""
    seen = result.seen
    return {
        "scenario": result.scenario.name,
        "title": result.scenario.title,
        "seed": result.seed,
        "held": result.holds,
        "seconds": round(seen.seconds, 3),
        "cables": list(seen.cables),
        "quic": seen.quic.as_dict(),
        "tcp": seen.tcp.as_dict(),
        "moments": [asdict(one) | {"at": round(one.at, 4)} for one in moments(seen)],
        "client_at": [asdict(one) for one in stays(seen, "client")],
        "server_to": [asdict(one) for one in stays(seen, serving_end(seen))],
        "expectations": [
            {
                "claim": one.claim,
                "clauses": list(one.clauses),
                "held": answer.held,
                "evidence": answer.evidence,
            }
            for one, answer in result.answers
        ],
        "judged": {
            "packets": seen.judged.packets,
            "clauses_kept": seen.judged.kept,
            "breaches": list(seen.judged.breaches),
        },
    }
