"""Pages of the room: own certificates and the register (`register`), the check that needs no account
(`checking`).
"""
