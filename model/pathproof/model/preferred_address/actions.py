"""What happens between a client and a server that keep the rules.

The channel loses, reorders and duplicates: a frame that was sent may be delivered at any later time, any
number of times, or never. Challenges and answers under way are the sets `probing`, `checking` and the two
sets of answers; non-probing packets are those of the generations so far.
"""

from __future__ import annotations

from pathproof.model.preferred_address.handshake import machine

from pathproof.model.preferred_address import client_actions, network, server_actions  # isort: skip

__all__ = ["client_actions", "machine", "network", "server_actions"]
