"""Reads across the rooms of mentoring."""
