"""What other systems hear of us and tell us: webhooks out, and connected services."""
