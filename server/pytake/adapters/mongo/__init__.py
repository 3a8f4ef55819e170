"""MongoDB: history that can be rebuilt."""
