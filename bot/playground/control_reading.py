"""Control routes that only look: messages, views, the log, the workspace."""

from bot.playground.control_routes import Request
from bot.playground.local_slack import APP_TOKEN, BOT_TOKEN
from bot.playground.shapes import ControlError, Json
from bot.playground.workspace import APP_ID, BOT_ID

LONGEST_WAIT_S = 120.0


async def messages(request: Request) -> Json:
    """Return what a user sees in a channel, ephemeral messages included, oldest first."""
    user = request.person()
    channel = request.channel(user)
    slack = request.slack
    answer: Json = {
        "channel": channel.id,
        "messages": slack.messages.visible_to(channel.id, user.id),
    }
    if channel.is_im:
        answer["suggested_prompts"] = slack.assistant.prompts(channel.id) or _static_prompts(
            request
        )
        answer["status"] = slack.assistant.status(channel.id)
    return answer


async def views(request: Request) -> Json:
    """Return a user's open modals, topmost last, and their Home tab."""
    user = request.person()
    home = request.slack.views.home(user.id)
    return {
        "views": [opened.shown() for opened in request.slack.views.stack(user.id)],
        "home": home.shown() if home else None,
    }


async def wait(request: Request) -> Json:
    """Return the first log record after a sequence number whose JSON contains a text, or 408."""
    after = int(request.number("after", 0))
    timeout_s = min(request.number("timeout_s", 10.0), LONGEST_WAIT_S)
    record = await request.slack.journal.wait(after, request.text("match"), timeout_s)
    if record is None:
        raise ControlError("timeout", f"no such record within {timeout_s:g} seconds", 408)
    return record.as_dict()


async def log(request: Request) -> Json:
    """Return the log, oldest first; with `after` only what came later.

    With `wait_s` the answer is held back until there is something, at most for so long.
    """
    after = int(request.number("after", 0))
    journal = request.slack.journal
    wait_s = min(request.number("wait_s", 0.0), LONGEST_WAIT_S)
    if wait_s > 0:
        await journal.wait(after, "", wait_s)
    return {"seq": journal.seq, "log": [record.as_dict() for record in journal.records(after)]}


async def state(request: Request) -> Json:
    """Return the workspace, its users and channels, and the app."""
    slack = request.slack
    workspace = slack.workspace
    return {
        "seq": slack.journal.seq,
        "workspace": {
            "id": workspace.team_id,
            "name": workspace.team_name,
            "domain": workspace.team_domain,
        },
        "users": [
            workspace.user_object(user, email=True, locale=True)
            for user in workspace.users.values()
        ],
        "channels": [
            {**workspace.channel_object(channel), "members": sorted(channel.members)}
            for channel in workspace.channels.values()
        ],
        "app": _app(request),
    }


def _app(request: Request) -> Json:
    slack = request.slack
    manifest = slack.manifest
    return {
        "id": APP_ID,
        "name": manifest.name,
        "bot_user_id": slack.workspace.bot.id,
        "bot_id": BOT_ID,
        "bot_name": manifest.bot_display_name,
        "installed": slack.installed,
        "home_tab": manifest.home_tab,
        "messages_tab": manifest.messages_tab,
        "agent_view": manifest.agent_view,
        "scopes": list(slack.granted_scopes),
        "events": list(manifest.heard(slack.optional_scopes)),
        "commands": [
            {"command": c.command, "description": c.description, "usage_hint": c.usage_hint}
            for c in manifest.commands
        ],
        "shortcuts": [
            {"callback_id": s.callback_id, "name": s.name, "type": s.type}
            for s in manifest.shortcuts
        ],
        "delivery": slack.delivery.mode,
        "connections": slack.delivery.socket.connections,
        "unknown_methods": list(slack.unknown_methods),
        "faults": [trouble.as_dict() for trouble in slack.troubles.ordered],
        "api_url": slack.base_url + "/api/",
        "bot_token": BOT_TOKEN,
        "app_token": APP_TOKEN,
        "signing_secret": slack.signing_secret,
    }


def _static_prompts(request: Request) -> Json | None:
    prompts = request.slack.manifest.prompts
    if not prompts:
        return None
    return {"title": "", "prompts": [{"title": p.title, "message": p.message} for p in prompts]}
