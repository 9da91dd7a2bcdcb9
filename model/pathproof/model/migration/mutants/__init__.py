"""Small named changes to this machine, each of which recreates public bugs of QUIC stacks.

Every mutant must be killed by a property, a proof or a trace rule that names the clause. A mutant that lives
is a hole in the specification. Some are killed by what every fair run must come back to: they lose nothing
that a single step could show.
"""

from pathproof.model.migration.mutants import (
    answers,
    client,
    endings,
    learnt,
    limit,
    packets,
    supply,
    validations,
)

MUTANTS = (
    *packets.recreates,
    *answers.recreates,
    *validations.recreates,
    *limit.recreates,
    *endings.recreates,
    *supply.recreates,
    *learnt.recreates,
    *client.recreates,
)
