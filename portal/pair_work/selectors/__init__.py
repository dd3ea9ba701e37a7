"""Reads of what pairs do."""
