"""What scenarios are made of.

A run has network namespaces of its own (`namespaces`), joined by veth pairs (`links`) to one in which a
process plays the network between them (`network`): delay, loss, rate and address translation, the same for
UDP and TCP. Servers, clients, attackers, observers and balancers are processes of their own (`processes`),
which say what happens as lines of JSON (`child`). A story acts on a `World`; what came of it is `Seen`, and
expectations are functions of that alone.
"""
