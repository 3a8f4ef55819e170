"""One message to many contacts, at a pace WhatsApp allows."""
