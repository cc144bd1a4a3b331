"""Views: a domain value in, Slack blocks out. Pure functions."""
