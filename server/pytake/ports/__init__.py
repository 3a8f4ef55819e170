"""What PyTake needs from outside, said as protocols and plain values."""
