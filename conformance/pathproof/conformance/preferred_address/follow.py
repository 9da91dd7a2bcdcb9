"""The preferred address is followed by what is followed of a migration: here its rules are registered."""

from pathproof.conformance.preferred_address import preferred_rules

__all__ = ["preferred_rules"]
