"""Small named changes to this machine, each of which recreates public bugs of QUIC stacks.

Every mutant must be killed by a claim that names the clause. A mutant that lives is a hole in the
specification.
"""

from pathproof.model.path_validation.mutants import attempts, challenges, counting, responder, verdicts

MUTANTS = (
    *attempts.recreates,
    *challenges.recreates,
    *verdicts.recreates,
    *responder.recreates,
    *counting.recreates,
)
