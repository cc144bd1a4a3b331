"""A local Slack, as strict as Slack. The bot meets it through SLACK_API_URL alone."""
