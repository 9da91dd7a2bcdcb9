"""Stateless reset on the wire and in charts."""
