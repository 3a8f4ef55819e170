"""What bots can do, a file per deed."""
