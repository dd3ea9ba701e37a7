"""Names of the hidden fields that every POST form carries; the middleware of the house reads the same."""

REPEAT_KEY = "repeat_key"
VERSION = "version"
