"""Meta apps: what proves that a webhook comes from one, and the address it is sent to."""
