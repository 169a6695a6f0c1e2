"""Importers: bytes from another system become rows. Each drawer has `sniff`, `parse` and `explain`, and keeps samples."""
