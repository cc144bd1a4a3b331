"""People at the screen: they press, write and submit, and try again as a person would."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from bench.chaos.words import all_texts, unescaped
from bench.chaos.world import Json, World

TRIES = 12
SEES_WITHIN_S = 2.5
COMES_BACK_WITHIN_S = 10.0
NO_ANSWER = frozenset({"operation_timeout", "dispatch_failed"})
"""Slack's own "We had some trouble connecting": whoever reads it tries again."""
GONE = frozenset({"element_not_found", "message_not_found", "view_not_found", "view_covered"})
"""What was to be pressed is not on the screen any more."""


class Strange(Exception):
    """Something no person should meet; the sentence says what."""


class Person:
    def __init__(self, world: World, name: str, refused: tuple[str, ...]) -> None:
        self.world, self.name = world, name
        self._refused = refused

    async def messages(self) -> list[Json]:
        answer = await self.world.get("messages", user=self.name, channel="dm")
        found: list[Json] = answer["messages"]
        return found

    async def titled(self, title: str) -> Json | None:
        """The newest message of the bot that begins with this line."""
        return next((m for m in reversed(await self.messages()) if begins(m, title)), None)

    async def windows(self) -> list[Json]:
        views: list[Json] = (await self.world.get("views", user=self.name))["views"]
        return views

    async def writes(self, text: str, thread: str) -> str:
        answer = await self.world.post(
            "message", user=self.name, channel="dm", text=text, thread_ts=thread
        )
        return str(_accepted(answer, "a message")["ts"])

    async def edits(self, ts: str, text: str) -> None:
        answer = await self.world.post(
            "edit-message", user=self.name, channel="dm", ts=ts, text=text
        )
        _accepted(answer, "an edit")

    async def opens_home(self) -> None:
        _accepted(await self.world.post("open-home", user=self.name, tab="home"), "a look at Home")

    async def presses(self, label: str, message: Json) -> bool:
        """Press a button, or choose it from a menu, of a message as it stands now.

        False when it is not there any more.
        """
        for _ in range(TRIES):
            now = next((m for m in await self.messages() if m["ts"] == message["ts"]), None)
            if now is None or label not in labels(now):
                return False
            action = pressed(now, label)
            answer = await self._insists(
                "interact", channel="dm", messageTs=now["ts"], action=action
            )
            if not answer.get("changed"):
                return not answer.get("gone")
        raise Strange(f"the button {label!r} changed {TRIES} times under the finger")

    async def types(self, text: str) -> bool:
        """A command after `/clm`, in the direct conversation."""
        await self._insists("command", channel="dm", command="/clm", text=text)
        return True

    async def opens(self, way: Callable[[], Awaitable[bool]], callback_id: str) -> Json | None:
        """Do what opens a window until it is there; None when the bot says why it opens none."""
        told = await self._told()
        known = {view["id"] for view in await self.windows()}
        for _ in range(TRIES):
            if not await way():
                return None

            async def look() -> Json | None:
                new = [v for v in await self.windows() if v["id"] not in known]
                return next((v for v in new if v["callback_id"] == callback_id), None)

            if view := await self.world.until(look, SEES_WITHIN_S):
                return view
            if await self._told() > told:
                return None
        raise Strange(f"{self.name} tried {TRIES} times and no window {callback_id} opened")

    async def chooses(self, view: Json, block_id: str, values: list[str]) -> None:
        """Tick these boxes of a window; it may or may not be drawn anew."""
        element = field(view, block_id)
        chosen = [option for option in element["options"] if option["value"] in values]
        action: Json = {key: element[key] for key in ("action_id", "type")}
        action |= {"block_id": block_id, "selected_options": chosen}
        answer = await self._insists("interact", view_id=view["id"], action=action)
        if answer.get("gone"):
            return

        async def look() -> bool:
            return all(v["hash"] != view["hash"] for v in await self.windows())

        await self.world.until(look, SEES_WITHIN_S)

    async def submits(self, view: Json, values: dict[str, Any]) -> Json:
        """Fill in and submit a window until Slack takes it; `unsure` when a try may have counted
        though Slack never said so."""
        filled = {block: {field(view, block)["action_id"]: v} for block, v in values.items()}
        return await self._insists("submit", view_id=view["id"], values=filled)

    async def closes_windows(self) -> None:
        if await self.windows():
            await self.world.post("close", user=self.name, all=True)

    async def _told(self) -> int:
        """How often the bot has told this person that a click came too late."""
        told = [m["text"] for m in await self.messages() if "ephemeral_to" in m]
        return sum(any(said in unescaped(text) for said in self._refused) for text in told)

    async def _insists(self, route: str, **body: Any) -> Json:
        for missed in range(TRIES):
            await self.world.bot.up.wait()
            answer = await self.world.post(route, user=self.name, **body)
            if answer.get("ok"):
                return {**answer, "unsure": False}
            if answer["error"] in GONE:
                return {"gone": True, "unsure": missed > 0}
            if answer["error"] == "impossible_choice":
                return {"changed": True, "unsure": missed > 0}
            if answer["error"] not in NO_ANSWER:
                raise Strange(f"{route} by {self.name}: {answer['error']} {answer.get('detail')}")
            await self.world.until(self.world.is_connected, COMES_BACK_WITHIN_S)
        raise Strange(f"{route} by {self.name} found no answer {TRIES} times")


def begins(message: Json, title: str) -> bool:
    return "bot_id" in message and unescaped(str(message["text"])).split("\n", 1)[0] == title


def elements(shown: Json) -> Iterator[tuple[str, Json]]:
    for block in shown.get("blocks") or ():
        for element in (*block.get("elements", ()), block.get("accessory"), block.get("element")):
            if isinstance(element, dict) and "action_id" in element:
                yield block["block_id"], element


def labels(message: Json) -> set[str]:
    """Everything that can be pressed or chosen from a menu."""
    found = set()
    for _, element in elements(message):
        if element["type"] == "button":
            found.add(element["text"]["text"])
        elif element["type"] == "overflow":
            found |= {option["text"]["text"] for option in element["options"]}
    return found


def pressed(message: Json, label: str) -> Json:
    """The action that Slack sends for a button or a choice of a menu."""
    for block_id, element in elements(message):
        action = {"block_id": block_id, "action_id": element["action_id"], "type": element["type"]}
        if element["type"] == "button" and element["text"]["text"] == label:
            return {**action, **({"value": element["value"]} if "value" in element else {})}
        for option in element["options"] if element["type"] == "overflow" else ():
            if option["text"]["text"] == label:
                return {**action, "selected_option": option}
    raise Strange(f"there is no button {label!r}")


def field(view: Json, block_id: str) -> Json:
    for block, element in elements(view):
        if block == block_id:
            return element
    raise Strange(f"the window {view['callback_id']} has no field {block_id!r}")


def words_of(shown: Json) -> str:
    return "\n".join(all_texts(shown))


def _accepted(answer: Json, what: str) -> Json:
    if not answer.get("ok"):
        raise Strange(f"Slack did not take {what}: {answer['error']}")
    return answer
