"""The judge: what one endpoint logged, held against the machines clause by clause.

`judge` answers for one trace, `merge` and `summary` for several, `rules` lists what is looked for. What is
special to connection IDs is in `pathproof.conformance.cid_supply`; here is what every machine needs: the
verdicts, the registry of rules, duties that are open for a while, and the search through the readings.
"""

from pathproof.conformance.judge.judging import judge, judged_clauses, rules
from pathproof.conformance.judge.merging import Line, merge, summary, to_json
from pathproof.conformance.judge.verdicts import Finding, Report, Verdict

__all__ = [
    "Finding",
    "Line",
    "Report",
    "Verdict",
    "judge",
    "judged_clauses",
    "merge",
    "rules",
    "summary",
    "to_json",
]
