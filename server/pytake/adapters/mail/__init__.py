"""Letters to people, for real or for the demo."""
