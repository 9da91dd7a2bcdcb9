"""How runs of the machine `preferred_address` are told: RFC 9000 9.6, 18.2 and 21.5.3."""
