"""The configuration of QUIC-LB that servers and the balancer of a run share."""

from pathproof.reference.load_balancing import Configuration

ROUTING = Configuration(rotation=0, server_id_length=1, nonce_length=6, key=bytes(range(16)))
"""Connection IDs of 8 octets, encrypted: whoever has no key cannot tell the server (QUIC-LB 5)."""
