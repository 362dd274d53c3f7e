"""This assistant beside what could be picked instead: `make bench`."""
