"""Small named changes to this machine, each of which recreates public bugs of QUIC stacks.

Every mutant must be killed by a property, a proof or a trace rule that names the clause. A mutant that lives
is a hole in the specification. Those without a bug show that a claim can fail which no bug breaks.
"""

from pathproof.model.anti_amplification.mutants import counting, ends, limit, memory, validation

MUTANTS = (*counting.recreates, *limit.recreates, *validation.recreates, *memory.recreates, *ends.recreates)
