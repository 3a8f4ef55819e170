"""A small bakery to begin with: an organization, a user, a number, a bot, and a few customers' phones."""
