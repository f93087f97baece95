"""The demonstration: one real county's villages, invented stations and told histories, loaded into an empty database.

Everything invented says so in its name; the visits come in through the same door as a phone's.
"""
