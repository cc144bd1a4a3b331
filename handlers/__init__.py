"""Chat platforms: they hear and show."""
