"""What conversations can do, a file per deed."""
