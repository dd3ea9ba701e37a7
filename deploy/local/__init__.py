"""What the two commands of a newcomer are made of: environment, front end, embedded PostgreSQL, the living
demo city.
"""
