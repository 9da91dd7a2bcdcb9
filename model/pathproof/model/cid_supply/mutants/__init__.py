"""Small named changes to this machine, each of which recreates public bugs of QUIC stacks.

Every mutant must be killed by a property, a proof or a trace rule that names the clause. A mutant that lives
is a hole in the specification.
"""

from pathproof.model.cid_supply.mutants import bookkeeping, frames, issuer, retirement, supply

MUTANTS = (
    *issuer.recreates,
    *frames.recreates,
    *supply.recreates,
    *retirement.recreates,
    *bookkeeping.recreates,
)
