"""Proofs about the lifted machines: for every bound, every run length and every reading."""
