"""Russian text search behind one interface; see README.md."""
