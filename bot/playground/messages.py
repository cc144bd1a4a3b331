"""The messages of every channel, threads and ephemeral ones included."""

import copy

from bot.playground.clock import Clock
from bot.playground.shapes import Json


class Messages:
    """Slack message objects by channel, in the order of their timestamps."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_channel: dict[str, dict[str, Json]] = {}

    def add(self, channel: str, message: Json) -> Json:
        """Store a message, give it its `ts` and return it; replies are counted at their parent."""
        message = {"type": "message", **message, "ts": self._clock.ts()}
        self._by_channel.setdefault(channel, {})[message["ts"]] = message
        if "thread_ts" in message and "ephemeral_to" not in message:
            self._count_replies(channel, message["thread_ts"])
        return message

    def find(self, channel: str, ts: str) -> Json | None:
        """Return the message itself (not a copy), None when there is none."""
        return self._by_channel.get(channel, {}).get(ts)

    def remove(self, channel: str, ts: str) -> None:
        """Delete a message that exists."""
        gone = self._by_channel[channel].pop(ts)
        if gone.get("thread_ts") not in (None, ts):
            self._count_replies(channel, gone["thread_ts"])

    def posted(self, channel: str) -> list[Json]:
        """Return copies of what everybody in the channel sees, oldest first."""
        return [
            copy.deepcopy(message)
            for message in self._by_channel.get(channel, {}).values()
            if "ephemeral_to" not in message
        ]

    def visible_to(self, channel: str, user: str) -> list[Json]:
        """Return copies of what one user sees there, their ephemeral messages included."""
        return [
            copy.deepcopy(message)
            for message in self._by_channel.get(channel, {}).values()
            if message.get("ephemeral_to", user) == user
        ]

    def thread(self, channel: str, root: str) -> list[Json]:
        """Return copies of a thread's parent and replies, oldest first."""
        return [
            message
            for message in self.posted(channel)
            if message["ts"] == root or message.get("thread_ts") == root
        ]

    def clear(self) -> None:
        """Forget everything."""
        self._by_channel.clear()

    def _count_replies(self, channel: str, root: str) -> None:
        parent = self.find(channel, root)
        if parent is None:
            return
        replies = [
            message
            for message in self._by_channel[channel].values()
            if message.get("thread_ts") == root
            and message["ts"] != root
            and "ephemeral_to" not in message
        ]
        for key in ("thread_ts", "reply_count", "reply_users", "reply_users_count", "latest_reply"):
            parent.pop(key, None)
        if not replies:
            return
        users = list(dict.fromkeys(reply["user"] for reply in replies if "user" in reply))
        parent |= {
            "thread_ts": root,
            "reply_count": len(replies),
            "reply_users": users,
            "reply_users_count": len(users),
            "latest_reply": replies[-1]["ts"],
        }
