"""Reads who lives in the demo's workspace from a YAML file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml


@dataclass(frozen=True, slots=True)
class Person:
    """One user of the workspace as written in the file."""

    id: str
    name: str
    real_name: str
    tz: str
    title: str = ""
    email: str = ""
    locale: str = "en-US"
    is_admin: bool = False
    is_restricted: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """One channel as written in the file; `members` are user names."""

    id: str
    name: str
    members: tuple[str, ...]
    bot: bool
    is_private: bool = False
    is_archived: bool = False
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """The workspace, its users and its channels."""

    team_id: str
    team_name: str
    team_domain: str
    users: tuple[Person, ...]
    channels: tuple[Room, ...]


def load_people(path: Path) -> People:
    """Read the file; raises ValueError with a sentence naming the file when it is not usable."""
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as problem:
        raise ValueError(f"{path.name} cannot be read: {problem}") from problem
    if not isinstance(document, dict):
        raise ValueError(f"{path.name} must have the keys workspace, users and channels")
    try:
        return _people(document)
    except (KeyError, TypeError) as problem:
        raise ValueError(f"{path.name} lacks or misnames a key: {problem}") from problem
    except ValueError as problem:
        raise ValueError(f"{path.name}: {problem}") from problem


def _people(document: dict[str, Any]) -> People:
    workspace = document["workspace"]
    users = tuple(Person(**entry) for entry in document["users"])
    channels = tuple(_room(entry) for entry in document["channels"])
    _check(users, channels)
    return People(
        team_id=workspace["id"],
        team_name=workspace["name"],
        team_domain=workspace.get("domain", "playground"),
        users=users,
        channels=channels,
    )


def _room(entry: dict[str, Any]) -> Room:
    return Room(
        id=entry["id"],
        name=entry["name"],
        members=tuple(entry["members"]),
        bot=bool(entry.get("bot", False)),
        is_private=bool(entry.get("is_private", False)),
        is_archived=bool(entry.get("is_archived", False)),
        is_shared=bool(entry.get("is_shared", False)),
    )


def _check(users: tuple[Person, ...], channels: tuple[Room, ...]) -> None:
    names = {user.name for user in users}
    ids = [user.id for user in users] + [channel.id for channel in channels]
    if len(set(ids)) != len(ids) or len(names) != len(users):
        raise ValueError("an id or a name is used twice")
    for user in users:
        try:
            ZoneInfo(user.tz)
        except (ZoneInfoNotFoundError, ValueError) as problem:
            raise ValueError(f"user {user.name} has an unknown time zone {user.tz!r}") from problem
    for channel in channels:
        strangers = set(channel.members) - names
        if strangers:
            raise ValueError(f"channel {channel.name} names unknown users {sorted(strangers)}")
