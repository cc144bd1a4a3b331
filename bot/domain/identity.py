"""Opaque names of people and places; only `handlers/<platform>/ids.py` makes or reads them."""

from typing import NewType

Workspace = NewType("Workspace", str)
"""The team that installed the app; every row carries it."""

MemberRef = NewType("MemberRef", str)
"""A person on a platform."""

ConversationRef = NewType("ConversationRef", str)
"""A place to answer in: a channel, a direct conversation, or a thread of either."""
