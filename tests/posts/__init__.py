"""Every address that accepts a write, one row each: see `rows.py` for what a row says and
`test_every_post.py` for what is asked of it.
"""
