"""Departments, who belongs to them, and how their queues are shared out."""
