"""Connection IDs that an endpoint issues, and those that its peer supplies: RFC 9000 5.1, 19.15 and 19.16.

`Issuer` holds what we hand out and accept, `Consumer` what our peer handed out and we put into packets.
A connection has one of each.
"""

from pathproof.reference.cid_supply.consumer import Consumer, Supplied
from pathproof.reference.cid_supply.issuer import Issued, Issuer

__all__ = ["Consumer", "Issued", "Issuer", "Supplied"]
