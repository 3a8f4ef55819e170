"""Every question that the administration of an organization puts to the database."""
