"""Small named changes to this machine, some of which recreate public bugs of QUIC stacks.

The others break what the draft asks of load balancers and their servers, of which no list of bugs is public.
Every mutant must be killed by a property, a proof or a trace rule that names the clause.
"""

from pathproof.model.load_balancing.mutants import client, rotation, routing, server

MUTANTS = (*routing.recreates, *rotation.recreates, *server.recreates, *client.recreates)
