"""Tests of the portal: through public interfaces, over real PostgreSQL."""
