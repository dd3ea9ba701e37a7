"""The API of pairs and consents."""
