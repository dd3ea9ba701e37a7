"""The order by meaning, where the extra `semantic` is installed (docs/adr/0048)."""
