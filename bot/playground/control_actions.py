"""Control routes for commands, elements, shortcuts, and opening the app's tabs."""

from bot.playground.answers import show_answer
from bot.playground.choices import chosen_by
from bot.playground.control_routes import Request
from bot.playground.elements import STATE_FIELDS, action_payload, find_element
from bot.playground.interactions import (
    command_payload,
    global_shortcut_payload,
    message_action_payload,
    message_shortcut_payload,
    send,
    view_action_payload,
)
from bot.playground.modals import OpenView
from bot.playground.shapes import ControlError, Json, SlackError
from bot.playground.workspace import User


async def command(request: Request) -> Json:
    """Send a slash command: channel, user, command, text. Slack takes none inside threads."""
    request.needs_app()
    user = request.actor()
    channel = request.channel_to_write(user)
    named = request.need("command")
    declared = {c.command: c for c in request.slack.manifest.commands}
    if named not in declared:
        raise ControlError("invalid_command", f"{named} is not a valid command", 404)
    if request.get("thread_ts"):
        raise ControlError("not_in_thread", f"{named} is not supported in threads", 400)
    payload = command_payload(
        request.slack, user, channel, named, request.text("text"), declared[named].should_escape
    )
    ack = await send(request.slack, "command", named, user, payload)
    if ack.payload:
        try:
            show_answer(request.slack, channel, user.id, ack.payload)
        except SlackError as fault:
            raise ControlError("invalid_command_response", str(fault), 502) from fault
    return {"ack": ack.payload}


async def interact(request: Request) -> Json:
    """Use an element of a message (channel, messageTs) or a view (view_id): user, action."""
    request.needs_app()
    if not request.slack.manifest.interactivity:
        raise ControlError("interactivity_disabled", "the manifest does not switch it on", 403)
    user = request.actor()
    action = request.get("action")
    if not isinstance(action, dict) or not action.get("action_id"):
        raise ControlError("missing_field", "action must name at least its action_id")
    if request.get("view_id"):
        return await _in_view(request, user, action)
    return await _in_message(request, user, action)


async def shortcut(request: Request) -> Json:
    """Use a global shortcut, or one on a message: user, callback_id, channel?, messageTs?."""
    request.needs_app()
    user = request.actor()
    callback_id = request.need("callback_id")
    declared = {s.callback_id: s for s in request.slack.manifest.shortcuts}
    if callback_id not in declared:
        raise ControlError("shortcut_not_found", f"no shortcut {callback_id!r} is declared", 404)
    if declared[callback_id].type == "global":
        payload = global_shortcut_payload(request.slack, user, callback_id)
    else:
        channel = request.channel(user)
        message = request.message(user, channel)
        if "ephemeral_to" in message:
            raise ControlError("not_on_ephemeral", "such a message has no menu", 400)
        payload = message_shortcut_payload(request.slack, user, callback_id, channel, message)
    await send(request.slack, "interactive", callback_id, user, payload)
    return {}


async def open_home(request: Request) -> Json:
    """Open the app's Home or Messages tab: user, tab?."""
    request.needs_app()
    user = request.actor()
    slack = request.slack
    tab = request.text("tab") or "home"
    shown = {"home": slack.manifest.home_tab, "messages": slack.manifest.messages_tab}
    if tab not in shown:
        raise ControlError("invalid_field", "tab must be home or messages")
    if not shown[tab]:
        raise ControlError("tab_disabled", f"the manifest does not switch the {tab} tab on", 403)
    event: Json = {
        "type": "app_home_opened",
        "user": user.id,
        "channel": slack.workspace.dm_of(user.id).id,
        "tab": tab,
        "event_ts": slack.clock.ts(),
    }
    home = slack.views.home(user.id)
    if tab == "home" and home is not None:
        event["view"] = home.shown()
    event_id = slack.events.emit("app_home_opened", event, user.id)
    return {"event_id": event_id}


def surface(request: Request, user: User) -> OpenView:
    """Return the view that the user names and can reach: the topmost modal or their Home."""
    view_id = request.get("view_id")
    stack = request.slack.views.stack(user.id)
    if not view_id:
        if not stack:
            raise ControlError("view_not_found", f"{user.name} has no modal open", 404)
        return stack[-1]
    opened = request.slack.views.find(view_id)
    if opened is None or opened.user != user.id:
        raise ControlError("view_not_found", f"{user.name} sees no view {view_id!r}", 404)
    if opened in stack and opened is not stack[-1]:
        raise ControlError("view_covered", "another modal lies over this one", 409)
    return opened


async def _in_view(request: Request, user: User, action: Json) -> Json:
    opened = surface(request, user)
    block_id, element, block = find_element(opened.view["blocks"], action)
    chosen = chosen_by(element, action)
    if element["type"] in STATE_FIELDS:
        opened.touched[block_id, element["action_id"]] = chosen
    if not _dispatches(block):
        return {"dispatched": False}
    done = action_payload(element, block_id, chosen, request.slack.clock.ts())
    payload = view_action_payload(request.slack, user, opened, done)
    await send(request.slack, "interactive", element["action_id"], user, payload)
    return {"dispatched": True}


async def _in_message(request: Request, user: User, action: Json) -> Json:
    slack = request.slack
    channel = request.channel(user)
    message = request.message(user, channel)
    block_id, element, block = find_element(message.get("blocks", []), action)
    if message.get("user") != slack.workspace.bot.id:
        raise ControlError("element_not_found", "only the app's own messages have elements", 404)
    chosen = chosen_by(element, action)
    if element["type"] in STATE_FIELDS:
        touched = slack.touches.of(user.id, channel.id, message["ts"])
        touched[block_id, element["action_id"]] = chosen
    if not _dispatches(block):
        return {"dispatched": False}
    done = action_payload(element, block_id, chosen, slack.clock.ts())
    payload = message_action_payload(slack, user, channel, message, done)
    await send(slack, "interactive", element["action_id"], user, payload)
    return {"dispatched": True}


def _dispatches(block: Json) -> bool:
    return block["type"] != "input" or bool(block.get("dispatch_action"))
