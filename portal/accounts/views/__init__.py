"""Pages of people: sign-in, invitation, keys, own page."""
