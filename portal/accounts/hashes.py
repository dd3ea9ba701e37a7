"""How secrets are kept: not as they are."""

import hashlib


def hash_of(secret: str) -> str:
    """How secrets of tokens and invitations are stored: they are long and random, a plain SHA-256 is
    enough.
    """
    return hashlib.sha256(secret.encode()).hexdigest()
