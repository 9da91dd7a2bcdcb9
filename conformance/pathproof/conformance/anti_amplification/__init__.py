"""How runs of the machine `anti_amplification` are shown: RFC 9000 8, 8.1, 9.3.1 and 10.2.1."""
