"""How runs of the machine `migration` are shown: RFC 9000 9 to 9.5."""
