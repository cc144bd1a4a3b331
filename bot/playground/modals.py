"""The views that users have open: a stack of at most three modals each, and their Home tabs."""

import copy
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.playground.clock import Clock
from bot.playground.elements import name_blocks, state_values
from bot.playground.shapes import Json, SlackError, fresh_id
from bot.playground.workspace import APP_ID, BOT_ID

STACK_LIMIT = 3


@dataclass(slots=True)
class OpenView:
    """A view that a user sees, and what they typed and chose in it."""

    user: str
    view: Json
    touched: dict[tuple[str, str], Any] = field(default_factory=dict)

    def shown(self) -> Json:
        """Return Slack's view object with the current `state.values`."""
        view = copy.deepcopy(self.view)
        view["state"] = {"values": state_values(view["blocks"], self.touched)}
        return view


class Views:
    """Opens, pushes, updates and closes views. Raises SlackError with Slack's names."""

    def __init__(self, clock: Clock, team_id: str) -> None:
        self._clock = clock
        self._team_id = team_id
        self._stacks: dict[str, list[OpenView]] = {}
        self._homes: dict[str, OpenView] = {}

    def stack(self, user: str) -> list[OpenView]:
        """Return a user's modals, topmost last."""
        return self._stacks.setdefault(user, [])

    def home(self, user: str) -> OpenView | None:
        """Return a user's Home tab, None before the first views.publish."""
        return self._homes.get(user)

    def find(self, view_id: str) -> OpenView | None:
        """Find an open modal or a Home tab by its id."""
        return next((view for view in self._all() if view.view["id"] == view_id), None)

    def find_external(self, external_id: str) -> OpenView | None:
        """Find an open view by the app's own id for it."""
        return next((v for v in self._all() if v.view["external_id"] == external_id), None)

    def open(self, user: str, view: Mapping[str, Any]) -> OpenView:
        """Show a new modal; what the user had open before gives way to it."""
        self._check_external_id(view)
        opened = self._made(user, view, root=None, previous=None)
        self._stacks[user] = [opened]
        return opened

    def push(self, user: str, view: Mapping[str, Any]) -> OpenView:
        """Lay a modal over the topmost one."""
        stack = self.stack(user)
        if not stack:
            raise SlackError("not_found", "the user has no modal open to push onto")
        if len(stack) >= STACK_LIMIT:
            raise SlackError("push_limit_reached", f"{STACK_LIMIT} modals are open")
        self._check_external_id(view)
        top = stack[-1].view
        pushed = self._made(user, view, root=top["root_view_id"], previous=top["id"])
        stack.append(pushed)
        return pushed

    def update(self, target: OpenView, view: Mapping[str, Any], hash_: str | None = None) -> None:
        """Replace a view's content; its id stays, and so do entries in fields that stay."""
        if hash_ is not None and hash_ != target.view["hash"]:
            raise SlackError("hash_conflict", "the view has changed since that hash")
        if view.get("type", target.view["type"]) != target.view["type"]:
            raise SlackError("invalid_arguments", "a view cannot change its type")
        if view.get("external_id") not in (None, "", target.view["external_id"]):
            self._check_external_id(view)
        kept = {key: target.view[key] for key in ("id", "root_view_id", "previous_view_id")}
        target.view = {**self._drawn(view), **kept}
        held = state_values(target.view["blocks"], {})
        target.touched = {
            (block, action): chosen
            for (block, action), chosen in target.touched.items()
            if action in held.get(block, {})
        }

    def publish(self, user: str, view: Mapping[str, Any], hash_: str | None) -> OpenView:
        """Show or replace a user's Home tab."""
        home = self._homes.get(user)
        if home is None:
            if hash_ is not None:
                raise SlackError("hash_conflict", "nothing was published yet")
            self._check_external_id(view)
            home = self._homes[user] = self._made(user, view, root=None, previous=None)
        else:
            self.update(home, view, hash_)
        return home

    def close(self, target: OpenView) -> None:
        """Take one modal away."""
        stack = self.stack(target.user)
        if target in stack:
            stack.remove(target)

    def close_all(self, user: str) -> list[OpenView]:
        """Take all of a user's modals away; returns them, topmost first."""
        gone = self._stacks.pop(user, [])
        return gone[::-1]

    def clear(self) -> None:
        """Forget everything."""
        self._stacks.clear()
        self._homes.clear()

    def _all(self) -> Iterator[OpenView]:
        for stack in self._stacks.values():
            yield from stack
        yield from self._homes.values()

    def _check_external_id(self, view: Mapping[str, Any]) -> None:
        external_id = view.get("external_id")
        if external_id and self.find_external(external_id) is not None:
            raise SlackError("duplicate_external_id", f"{external_id!r} is in use")

    def _made(
        self, user: str, view: Mapping[str, Any], root: str | None, previous: str | None
    ) -> OpenView:
        drawn = self._drawn(view)
        drawn["root_view_id"] = root or drawn["id"]
        drawn["previous_view_id"] = previous
        return OpenView(user, drawn)

    def _drawn(self, view: Mapping[str, Any]) -> Json:
        given = copy.deepcopy(dict(view))
        return {
            "id": fresh_id("V"),
            "team_id": self._team_id,
            "type": given["type"],
            "blocks": name_blocks(given["blocks"]),
            "private_metadata": given.get("private_metadata") or "",
            "callback_id": given.get("callback_id") or "",
            "state": {"values": {}},
            "hash": f"{int(self._clock.now())}.{secrets.token_hex(4)}",
            "title": given.get("title"),
            "clear_on_close": bool(given.get("clear_on_close", False)),
            "notify_on_close": bool(given.get("notify_on_close", False)),
            "close": given.get("close"),
            "submit": given.get("submit"),
            "previous_view_id": None,
            "root_view_id": None,
            "app_id": APP_ID,
            "external_id": given.get("external_id") or "",
            "app_installed_team_id": self._team_id,
            "bot_id": BOT_ID,
        }
