"""The whole routing table: what Slack sends, and which listener hears it.

A contract test holds it against app.manifest.yaml, both ways.
"""

import re
from collections.abc import Mapping

from slack_bolt.async_app import AsyncApp

from handlers.slack import (
    announcement,
    commands,
    eligibility,
    faq,
    handoff,
    home,
    leftovers,
    messages,
    privacy,
    standing,
)
from handlers.slack.listening import Listener, Listening

EVENTS: Mapping[str, Listener] = {
    "app_home_opened": home.on_home_opened,
    "app_mention": faq.on_mention,
    "message": messages.on_message,
}

COMMANDS: Mapping[str, Listener] = {"/clm": commands.on_clm}

SHORTCUTS: Mapping[str, Listener] = {
    "ask_question": faq.on_open,
    "ask_about_message": faq.on_ask_about_message,
    "check_eligibility": eligibility.on_open,
}

ACTIONS: Mapping[str, Listener] = {
    "faq.open": faq.on_open,
    "faq.show": faq.on_show,
    "faq.none": faq.on_none_of_these,
    "faq.vote": faq.on_vote,
    "eligibility.open": eligibility.on_open,
    "eligibility.hours": eligibility.on_open_hours,
    "eligibility.told": eligibility.on_open_told,
    "eligibility.back": eligibility.on_back,
    "eligibility.choose": eligibility.on_choose,
    "standing.show": standing.on_show,
    "handoff.open": handoff.on_open,
    "handoff.switch": handoff.on_switch,
    "handoff.withdraw": handoff.on_withdraw,
    "handoff.claim": handoff.on_claim,
    "handoff.release": handoff.on_release,
    "handoff.reply": handoff.on_reply,
    "handoff.close": handoff.on_close,
    "announcement.post": announcement.on_post,
    "announcement.cancel": announcement.on_cancel,
    "privacy.ask": privacy.on_ask,
    "privacy.erase": privacy.on_erase,
    "privacy.keep": privacy.on_keep,
}

SUBMISSIONS: Mapping[str, Listener] = {
    "faq.ask": faq.on_ask_submitted,
    "eligibility.step": eligibility.on_step_submitted,
    "handoff.preview": handoff.on_preview_submitted,
    "handoff.reply": handoff.on_reply_submitted,
    "handoff.close": handoff.on_close_submitted,
    "privacy.erase": privacy.on_confirmed,
}


def register(app: AsyncApp, listening: Listening) -> None:
    """Give Bolt the table; what no row names still ends in something visible."""
    for name, listener in EVENTS.items():
        app.event(name)(listening.of(listener))
    for name, listener in COMMANDS.items():
        app.command(name)(listening.of(listener))
    for name, listener in SHORTCUTS.items():
        app.shortcut(name)(listening.of(listener))
    for name, listener in ACTIONS.items():
        app.action(_with_position(name))(listening.of(listener))
    for name, listener in SUBMISSIONS.items():
        app.view(name)(listening.of(listener))
    everything = re.compile(".*", re.DOTALL)
    app.action(everything)(listening.of(leftovers.on_old_button))
    app.view(everything)(listening.of(leftovers.on_old_window))
    app.shortcut(everything)(listening.of(leftovers.on_old_button))
    app.command(everything)(listening.of(leftovers.on_unknown_command))
    app.event(everything)(listening.of(leftovers.on_other_event))


def _with_position(name: str) -> re.Pattern[str]:
    # Action ids are unique within a row of buttons, so some carry their position: faq.show:2.
    return re.compile(rf"^{re.escape(name)}(:\d+)?$")
