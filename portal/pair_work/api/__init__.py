"""The API of what pairs do: programmes and meetings."""
