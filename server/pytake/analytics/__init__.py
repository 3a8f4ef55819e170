"""What the numbers say: reports drawn from the journal of events."""
