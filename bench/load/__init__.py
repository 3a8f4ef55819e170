"""The load generator: customers who write through signed webhooks and read their replies."""
