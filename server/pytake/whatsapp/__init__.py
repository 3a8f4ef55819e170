"""An organization's WhatsApp numbers, and the Meta apps (channels) they are reached through."""
