"""Small named changes to this machine, most of which recreate public bugs of QUIC stacks.

Every mutant must be killed by a property, a proof or a trace rule that names the clause. A mutant that lives
is a hole in the specification.
"""

from pathproof.model.stateless_reset.mutants import answering, detection, instances, sizes, timers, tokens

MUTANTS = (
    *detection.recreates,
    *tokens.recreates,
    *sizes.recreates,
    *answering.recreates,
    *instances.recreates,
    *timers.recreates,
)
