"""The people of the tests: the same who live in the demo city."""

from portal.demo.cast import BY_KEY, CAST, EXPERTS, CastMember, uuid_of

__all__ = ["BY_KEY", "CAST", "EXPERTS", "CastMember", "uuid_of"]
