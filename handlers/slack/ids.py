"""The only place where Slack's ids become the neutral names of people and places, and back."""

from collections.abc import Mapping
from typing import Any

from bot.domain.identity import ConversationRef, MemberRef, Workspace

_PREFIX = "slack"


def workspace_of(body: Mapping[str, Any]) -> Workspace:
    """The team that installed the app, which may differ from the person's own team."""
    for authorization in body.get("authorizations") or ():
        if team := authorization.get("team_id"):
            return Workspace(f"{_PREFIX}:{team}")
    team = (body.get("team") or {}).get("id") or body.get("team_id") or ""
    return Workspace(f"{_PREFIX}:{team}")


def member_ref(workspace: Workspace, user_id: str) -> MemberRef:
    """A person in a workspace."""
    return MemberRef(f"{workspace}:{user_id}")


def team_of(workspace: Workspace) -> str:
    """Slack's own id of a workspace."""
    return workspace.partition(":")[2]


def user_id_of(member: str) -> str:
    """Slack's own id of a person."""
    return member.split(":")[2]


def conversation_ref(
    workspace: Workspace, channel: str, thread_ts: str | None = None
) -> ConversationRef:
    """A channel or DM, or a thread in it."""
    thread = f":{thread_ts}" if thread_ts else ""
    return ConversationRef(f"{workspace}:{channel}{thread}")


def channel_and_thread(recipient: str) -> tuple[str, str | None]:
    """Slack's channel (or user) id and thread of a recipient."""
    parts = recipient.split(":")
    return parts[2], parts[3] if len(parts) > 3 else None


def is_direct(channel_id: str) -> bool:
    """Whether a channel id is that of a direct conversation."""
    return channel_id.startswith("D")


def is_person(recipient: str) -> bool:
    """Whether a recipient is a person rather than a conversation."""
    return channel_and_thread(recipient)[0][:1] in ("U", "W")
