"""The Slack handler."""
