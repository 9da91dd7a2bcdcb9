"""Connection IDs that a load balancer can route: QUIC-LB, plaintext and encrypted.

A server writes its server ID into each connection ID (`Configuration.encode`), and whoever has the
configuration reads it (`Configuration.decode`). `unroutable` makes those of a server without a configuration.
"""

from pathproof.reference.load_balancing.configuration import Configuration, unroutable

__all__ = ["Configuration", "unroutable"]
