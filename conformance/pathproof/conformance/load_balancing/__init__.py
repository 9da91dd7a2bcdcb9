"""The machine `load_balancing` beside what is seen of it: runs as sequence charts."""
