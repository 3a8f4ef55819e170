"""What arrives from WhatsApp, and the order of what then happens."""
