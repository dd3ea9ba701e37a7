"""The API of the bank: reads."""
