"""PyTake: a self-hosted, multi-tenant WhatsApp Business platform."""
