"""What the room hands out: T-11, T-12 and the table of programmes."""
