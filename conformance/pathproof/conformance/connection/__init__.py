"""Runs of two whole endpoints, for readers and for checks of real ones."""
