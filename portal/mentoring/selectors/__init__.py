"""Reads of the heart."""
