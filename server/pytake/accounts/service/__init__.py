"""What people can do to get in, and to be sure that nobody else does."""
