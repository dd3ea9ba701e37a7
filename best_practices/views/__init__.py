"""Pages of the bank and of the expertise."""
