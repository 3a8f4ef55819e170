"""The broker: four queues that carry nudges, never data."""
