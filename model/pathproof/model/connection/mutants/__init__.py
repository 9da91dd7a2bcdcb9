"""Small named changes to this machine, each of which recreates public bugs of QUIC stacks.

Those that show only where the machines come together: packets that find no connection, paths that keep what
the supply has lost, links between paths, ends that go on, first packets that change what was settled.
"""

from pathproof.model.connection.mutants import endings, endless, first, linking, packets, paths

MUTANTS = (
    *packets.recreates,
    *paths.recreates,
    *linking.recreates,
    *endings.recreates,
    *first.recreates,
    *endless.recreates,
)
