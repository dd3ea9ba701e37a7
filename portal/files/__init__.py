"""Stored files of a contour."""
