"""Pages of local acts and orders."""
