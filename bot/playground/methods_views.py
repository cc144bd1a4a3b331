"""views.* methods."""

from typing import Any, Literal

from bot.playground.call import Call, refuse
from bot.playground.modals import OpenView
from bot.playground.shapes import Json, SlackError
from bot.playground.view_rules import view_faults


def open_view(call: Call) -> Json:
    """Run views.open."""
    view = _checked(call, "modal")
    user, _ = _exchanged(call)
    return _answer(call.slack.views.open(user, view))


def push(call: Call) -> Json:
    """Run views.push: only in answer to something done inside a modal."""
    view = _checked(call, "modal")
    trigger = _usable_trigger(call)
    user, view_id = call.slack.triggers.peek(trigger)
    if view_id is None or not any(v.view["id"] == view_id for v in call.slack.views.stack(user)):
        raise SlackError("not_found", "the trigger does not come from an open modal")
    pushed = call.slack.views.push(user, view)
    call.slack.triggers.exchange(trigger)
    return _answer(pushed)


def update(call: Call) -> Json:
    """Run views.update by view id or external id."""
    view_id, external_id = call.text("view_id"), call.text("external_id")
    if (view_id is None) == (external_id is None):
        raise SlackError("invalid_arguments", "give either view_id or external_id")
    views = call.slack.views
    target = views.find(view_id) if view_id else views.find_external(external_id or "")
    if target is None:
        raise SlackError("not_found", "the view is not open")
    kind: Literal["modal", "home"] = "home" if target.view["type"] == "home" else "modal"
    view = _checked(call, kind)
    views.update(target, view, call.text("hash"))
    return _answer(target)


def publish(call: Call) -> Json:
    """Run views.publish."""
    if not call.slack.manifest.home_tab:
        raise SlackError("not_enabled", "the manifest does not switch the Home tab on")
    view = _checked(call, "home")
    user = call.user("user_id")
    if user.deleted or user.is_bot:
        raise SlackError("user_not_found", f"{user.name} sees no Home tab")
    return _answer(call.slack.views.publish(user.id, view, call.text("hash")))


def _checked(call: Call, kind: Literal["modal", "home"]) -> Any:
    call.need("view")
    view = call.structure("view")
    refuse(view_faults(view, kind=kind))
    return view


def _usable_trigger(call: Call) -> str:
    trigger = call.need("trigger_id")
    fault = call.slack.triggers.fault(trigger)
    if fault is not None:
        raise SlackError(fault, "trigger ids live three seconds and open one view")
    return trigger


def _exchanged(call: Call) -> tuple[str, str | None]:
    return call.slack.triggers.exchange(_usable_trigger(call))


def _answer(opened: OpenView) -> Json:
    return {"view": opened.shown()}
