"""Papers that people sign: composed from live data while they are drafts, stored for ever once they are
signed or registered.
"""
