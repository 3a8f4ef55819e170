"""How fast PyTake is, against what this machine can do in the same run: `make bench`."""
