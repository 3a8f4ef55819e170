"""The Graph API side: each module is one group of endpoints and adds its own routes."""
