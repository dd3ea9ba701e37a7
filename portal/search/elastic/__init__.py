"""The second engine: Elasticsearch for what is published to all, beside PostgreSQL (docs/adr/0045)."""
