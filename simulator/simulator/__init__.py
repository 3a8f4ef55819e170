"""A stand-in for Meta's WhatsApp Cloud API: Graph calls, signed webhooks, and a phone to chat with."""
