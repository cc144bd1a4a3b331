"""Who and what is in the workspace: users, channels, direct messages, membership."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.playground.people import People, Person, Room
from bot.playground.shapes import Json

BOT_USER_ID = "U0CLMBOT"
BOT_ID = "B0CLMBOT"
APP_ID = "A0CLMAPP"
CREATED = 1_750_000_000


@dataclass(slots=True)
class User:
    """One user, the bot's own included."""

    id: str
    name: str
    real_name: str
    tz: str = "UTC"
    title: str = ""
    email: str = ""
    locale: str = "en-US"
    is_admin: bool = False
    is_restricted: bool = False
    is_bot: bool = False
    deleted: bool = False
    updated: int = CREATED


@dataclass(slots=True)
class Channel:
    """A public channel, a private one, or (kind `im`) one user's direct messages with the bot.

    One that `is_shared` is shared with another organisation.
    """

    id: str
    name: str
    kind: str
    members: set[str] = field(default_factory=set)
    is_archived: bool = False
    is_shared: bool = False

    @property
    def is_im(self) -> bool:
        """True for direct messages with the bot."""
        return self.kind == "im"

    @property
    def event_type(self) -> str:
        """The `channel_type` of events: channel, group or im."""
        return {"private": "group"}.get(self.kind, self.kind)


class Workspace:
    """The state of the workspace. Every direct message is between one user and the bot."""

    def __init__(self, people: People, bot_name: str) -> None:
        self.people = people
        self.team_id = people.team_id
        self.team_name = people.team_name
        self.team_domain = people.team_domain
        self.bot = User(BOT_USER_ID, _slug(bot_name), bot_name, is_bot=True)
        self.users: dict[str, User] = {person.id: _user(person) for person in people.users}
        self.users[self.bot.id] = self.bot
        ids = {user.name: user.id for user in self.users.values()}
        self.channels: dict[str, Channel] = {
            room.id: _channel(room, ids, self.bot.id) for room in people.channels
        }
        for person in people.users:
            dm = Channel("D0" + person.id[2:], "directmessage", "im", {person.id, self.bot.id})
            self.channels[dm.id] = dm

    def user(self, name_or_id: str) -> User | None:
        """Find a user by id or by name."""
        found = self.users.get(name_or_id)
        if found is not None:
            return found
        return next((user for user in self.users.values() if user.name == name_or_id), None)

    def dm_of(self, user_id: str) -> Channel:
        """Return a user's direct messages with the bot; KeyError for the bot itself."""
        return self.channels["D0" + user_id[2:]]

    def dm_user(self, channel: Channel) -> User:
        """Return the human side of a direct message."""
        return next(self.users[member] for member in channel.members if member != self.bot.id)

    def bot_is_in(self, channel: Channel) -> bool:
        """Tell whether the bot is a member of the channel."""
        return self.bot.id in channel.members

    def may_read(self, user: User, channel: Channel) -> bool:
        """Tell whether Slack shows the channel to the user (public ones also before joining)."""
        if user.id in channel.members:
            return True
        return channel.kind == "channel" and not user.is_restricted

    def bot_names(self) -> set[str]:
        """Return what a person may type after @ for the bot, in lower case."""
        display = self.bot.real_name.lower()
        return {display, self.bot.name, display.replace(" ", ""), display.split()[0]}

    def user_object(self, user: User, *, email: bool, locale: bool) -> Json:
        """Draw a user as users.info and user_change do."""
        profile: Json = {
            "real_name": user.real_name,
            "display_name": user.name,
            "title": user.title,
            "team": self.team_id,
        }
        if email:
            profile["email"] = user.email or f"{user.name}@example.org"
        shown: Json = {
            "id": user.id,
            "team_id": self.team_id,
            "name": user.name,
            "deleted": user.deleted,
            "profile": profile,
            "is_bot": user.is_bot,
            "is_app_user": False,
            "updated": user.updated,
        }
        if user.deleted:
            return shown
        offset = datetime.now(UTC).astimezone(ZoneInfo(user.tz)).utcoffset()
        shown |= {
            "real_name": user.real_name,
            "tz": user.tz,
            "tz_label": user.tz,
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "is_admin": user.is_admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": user.is_restricted,
            "is_ultra_restricted": False,
        }
        if locale:
            shown["locale"] = user.locale
        return shown

    def channel_object(self, channel: Channel) -> Json:
        """Draw a channel as conversations.info does."""
        if channel.is_im:
            return {
                "id": channel.id,
                "created": CREATED,
                "is_im": True,
                "is_archived": False,
                "user": self.dm_user(channel).id,
                "is_user_deleted": self.dm_user(channel).deleted,
            }
        return {
            "id": channel.id,
            "name": channel.name,
            "created": CREATED,
            "is_channel": True,
            "is_group": False,
            "is_im": False,
            "is_mpim": False,
            "is_private": channel.kind == "private",
            "is_archived": channel.is_archived,
            "is_shared": channel.is_shared,
            "is_ext_shared": channel.is_shared,
            "is_org_shared": False,
            "is_pending_ext_shared": False,
            "is_general": channel.name == "general",
            "is_member": self.bot_is_in(channel),
            "num_members": len(channel.members),
        }


def _user(person: Person) -> User:
    return User(
        id=person.id,
        name=person.name,
        real_name=person.real_name,
        tz=person.tz,
        title=person.title,
        email=person.email,
        locale=person.locale,
        is_admin=person.is_admin,
        is_restricted=person.is_restricted,
    )


def _channel(room: Room, ids: dict[str, str], bot: str) -> Channel:
    members = {ids[name] for name in room.members} | ({bot} if room.bot else set())
    kind = "private" if room.is_private else "channel"
    return Channel(room.id, room.name, kind, members, room.is_archived, room.is_shared)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "bot"
