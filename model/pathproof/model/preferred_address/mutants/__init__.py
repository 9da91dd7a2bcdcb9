"""Small named changes to this machine, most of which recreate public bugs of QUIC stacks.

Every mutant must be killed by a property, a proof or a trace rule that names the clause. A mutant that lives
is a hole in the specification. Those without a public bug show that a claim can fail.
"""

from pathproof.model.preferred_address.mutants import bar, numbers, parameter, probing, serving

MUTANTS = (
    *parameter.recreates,
    *numbers.recreates,
    *probing.recreates,
    *bar.recreates,
    *serving.recreates,
)
