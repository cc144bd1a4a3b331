"""auth.test, apps.connections.open, bots.info and users.* methods."""

from bot.playground.call import Call
from bot.playground.methods_conversations import paged
from bot.playground.shapes import Json, SlackError
from bot.playground.workspace import APP_ID, BOT_ID, CREATED


def auth_test(call: Call) -> Json:
    """Run auth.test."""
    workspace = call.slack.workspace
    return {
        "url": call.slack.base_url + "/",
        "team": workspace.team_name,
        "user": workspace.bot.name,
        "team_id": workspace.team_id,
        "user_id": workspace.bot.id,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def connections_open(call: Call) -> Json:
    """Run apps.connections.open."""
    slack = call.slack
    if not slack.manifest.socket_mode or slack.delivery.mode != "socket":
        raise SlackError("socket_mode_not_enabled", "the app is delivered to over HTTP")
    address = slack.base_url.replace("http://", "ws://", 1)
    return {"url": address + slack.delivery.socket.issue_path()}


def bots_info(call: Call) -> Json:
    """Run bots.info."""
    if call.text("bot") not in (None, BOT_ID):
        raise SlackError("bot_not_found", f"no bot {call.args['bot']!r}")
    bot = call.slack.workspace.bot
    shown = {
        "id": BOT_ID,
        "deleted": False,
        "name": bot.real_name,
        "updated": CREATED,
        "app_id": APP_ID,
        "user_id": bot.id,
        "icons": {},
    }
    return {"bot": shown}


def users_info(call: Call) -> Json:
    """Run users.info."""
    user = call.user()
    shown = call.slack.workspace.user_object(
        user, email=_may_see_email(call), locale=call.flag("include_locale")
    )
    return {"user": shown}


def users_list(call: Call) -> Json:
    """Run users.list, deactivated users included."""
    workspace = call.slack.workspace
    page, cursor = paged(call, list(workspace.users))
    email, locale = _may_see_email(call), call.flag("include_locale")
    return {
        "members": [
            workspace.user_object(workspace.users[id_], email=email, locale=locale) for id_ in page
        ],
        "cache_ts": int(call.slack.clock.now()),
        "response_metadata": {"next_cursor": cursor},
    }


def _may_see_email(call: Call) -> bool:
    return "users:read.email" in call.slack.granted_scopes
