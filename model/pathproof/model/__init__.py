"""The machines, the vocabulary they are written in, and the engines that run, explore and lift them."""
