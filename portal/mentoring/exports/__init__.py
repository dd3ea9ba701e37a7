"""What the room hands out: T-06…T-10 and the table of pairs."""
