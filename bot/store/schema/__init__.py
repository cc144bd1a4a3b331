"""The schema as a list of small functions, oldest first: one for each change."""

from bot.store.schema import asking, road, upkeep
from bot.store.schema.listed import migrations

__all__ = ["asking", "migrations", "road", "upkeep"]
