"""Pages about people of the school."""
