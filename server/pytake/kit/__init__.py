"""What every part of PyTake shares, and that knows none of them."""
