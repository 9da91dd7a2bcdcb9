"""The explored engine."""
