"""A small QUIC version 1 endpoint, sans-IO, whose migration layer is the mission.

It has no socket, no clock and no randomness of its own: times are arguments in seconds, and random bytes come
from a callable that is handed in (TLS makes its own keys). What a peer sends is hostile until it is checked:
state is bounded, and `errors` has the few ways in which it can be wrong. It imports what the RFCs say
(`pathproof.spec`) and never the machines, so that it and they are able to disagree.
"""
