"""Which scopes Slack asks for, per Web API method and per event, and which token each method takes.

Sources: the method, event and scope references on docs.slack.dev (2026).
"""

from collections.abc import Collection, Mapping
from typing import Literal

TokenKind = Literal["bot", "app"]
ChannelKind = Literal["public", "private", "im", "mpim"]

_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_OPEN = ("im:write", "mpim:write")

METHOD_SCOPES: dict[str, tuple[str, ...]] = {
    "apps.connections.open": ("connections:write",),
    "assistant.threads.setStatus": ("chat:write", "assistant:write"),
    "assistant.threads.setSuggestedPrompts": ("assistant:write",),
    "auth.test": (),
    "bots.info": ("users:read",),
    "chat.delete": ("chat:write",),
    "chat.getPermalink": (),
    "chat.postEphemeral": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": _HISTORY,
    "conversations.info": _READ,
    "conversations.members": _READ,
    "conversations.open": _OPEN,
    "conversations.replies": _HISTORY,
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "users.info": ("users:read",),
    "users.list": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.push": (),
    "views.update": (),
}
"""The methods that the playground answers. Any one of the scopes will do; () means none needed."""

EMAIL_SCOPE = "users:read.email"
"""Without it users.info and users.list leave `profile.email` out; they do not fail."""

_KIND_PREFIX: dict[ChannelKind, str] = {
    "public": "channels",
    "private": "groups",
    "im": "im",
    "mpim": "mpim",
}
_DISGUISES = ("username", "icon_emoji", "icon_url")


def token_kind(method: str) -> TokenKind:
    """The token that `method` takes: "app" (xapp-…) or "bot" (xoxb-…); another kind is refused."""
    return "app" if method == "apps.connections.open" else "bot"


def lacking_scope(
    granted: Collection[str],
    method: str,
    channel_kind: ChannelKind | None = None,
    arguments: Mapping[str, object] | None = None,
) -> str | None:
    """Slack's `needed` for a call that `granted` does not cover, or None when it is covered.

    `channel_kind` narrows conversations.* to the scope for that kind of channel. Posting under
    another name or icon (`arguments`) takes a scope of its own. Raises KeyError for a method that
    the playground does not answer.
    """
    wanted = METHOD_SCOPES[method]
    if channel_kind is not None:
        prefix = f"{_KIND_PREFIX[channel_kind]}:"
        wanted = tuple(scope for scope in wanted if scope.startswith(prefix)) or wanted
    if wanted and not any(scope in granted for scope in wanted):
        return ",".join(wanted)
    disguised = any((arguments or {}).get(name) is not None for name in _DISGUISES)
    if disguised and method.startswith("chat.post") and "chat:write.customize" not in granted:
        return "chat:write.customize"
    return None


EVENT_SCOPES: dict[str, tuple[str, ...]] = {
    "app_context_changed": (),
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "app_uninstalled": (),
    "channel_archive": ("channels:read",),
    "channel_created": ("channels:read",),
    "channel_deleted": ("channels:read",),
    "channel_id_changed": ("channels:read",),
    "channel_left": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "dnd_updated_user": ("dnd:read",),
    "emoji_changed": ("emoji:read",),
    "file_change": ("files:read",),
    "file_created": ("files:read",),
    "file_deleted": ("files:read",),
    "file_public": ("files:read",),
    "file_shared": ("files:read",),
    "file_unshared": ("files:read",),
    "group_archive": ("groups:read",),
    "group_deleted": ("groups:read",),
    "group_left": ("groups:read",),
    "group_rename": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "im_created": ("im:read",),
    "link_shared": ("links:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "pin_added": ("pins:read",),
    "pin_removed": ("pins:read",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "subteam_created": ("usergroups:read",),
    "subteam_members_changed": ("usergroups:read",),
    "subteam_updated": ("usergroups:read",),
    "team_domain_change": ("team:read",),
    "team_join": ("users:read",),
    "team_rename": ("team:read",),
    "tokens_revoked": (),
    "user_change": ("users:read",),
    "user_profile_changed": ("users.profile:read",),
    "user_status_changed": ("users:read",),
}
"""Events a bot may subscribe to. Any one of the scopes will do; () means none needed."""

NOT_SUBSCRIBABLE: dict[str, str] = {
    "app_rate_limited": "Slack sends it without being asked",
    "assistant_thread_started": "it belongs to assistant_view, which new apps cannot have",
    "assistant_thread_context_changed": "it belongs to assistant_view, which new apps cannot have",
    "message": "name the kind: message.im, message.channels, message.groups or message.mpim",
    "url_verification": "Slack sends it without being asked",
}

_FAMILIES = {
    "app_mentions": "read",
    "assistant": "write",
    "bookmarks": "read write",
    "calls": "read write",
    "canvases": "read write",
    "channels": "history join manage read write.invites write.topic",
    "chat": "write write.customize write.public",
    "conversations.connect": "manage read write",
    "dnd": "read",
    "emoji": "read",
    "files": "read write",
    "groups": "history read write write.invites write.topic",
    "im": "history read write write.topic",
    "links": "read write",
    "links.embed": "write",
    "lists": "read write",
    "metadata.message": "read",
    "mpim": "history read write write.topic",
    "pins": "read write",
    "reactions": "read write",
    "reminders": "read write",
    "remote_files": "read share write",
    "team": "read",
    "team.billing": "read",
    "team.preferences": "read",
    "usergroups": "read write",
    "users": "read read.email write",
    "users.profile": "read",
}
BOT_SCOPES: frozenset[str] = frozenset(
    f"{family}:{right}" for family, rights in _FAMILIES.items() for right in rights.split()
) | {"commands", "incoming-webhook"}
"""Scopes that a bot token may hold. `connections:write` is not one: it is of app-level tokens."""
