"""PLACEHOLDER until the matcher's author writes it."""
