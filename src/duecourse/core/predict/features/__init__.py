"""Leak-free features: what was known about an invoice and its customer on the morning of a day."""
