"""Content: every word and every rule, read from YAML, checked, and made into one ContentBank."""

from bot.content.bank import ContentBank, load_content
from bot.content.places import ContentPlaces, shipped_path, shipped_places

__all__ = ["ContentBank", "ContentPlaces", "load_content", "shipped_path", "shipped_places"]
