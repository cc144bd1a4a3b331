"""Control routes for submitting and closing modals, and what the bot's answer does to them."""

from collections.abc import Mapping
from typing import Any

from bot.playground.choices import value_for
from bot.playground.control_actions import surface
from bot.playground.control_routes import Request
from bot.playground.elements import STATE_FIELDS, elements_in
from bot.playground.interactions import TROUBLE, closed_payload, send, submission_payload
from bot.playground.modals import OpenView
from bot.playground.shapes import ControlError, Json, SlackError
from bot.playground.view_rules import submission_errors, view_faults
from bot.playground.workspace import User


async def submit(request: Request) -> Json:
    """Fill in and submit a modal: user, view_id?, values."""
    request.needs_app()
    user = request.actor()
    opened = surface(request, user)
    if opened.view["type"] != "modal" or not opened.view["submit"]:
        raise ControlError("no_submit", "this view has no submit button")
    _fill_in(opened, request.get("values") or {})
    _hold_back(opened)
    payload = submission_payload(request.slack, user, opened)
    name = opened.view["callback_id"] or "view_submission"
    try:
        ack = await send(request.slack, "interactive", name, user, payload)
    except ControlError as silence:
        shown = opened.shown()
        raise ControlError(silence.error, TROUBLE, silence.status, view=shown) from silence
    try:
        answer = _carried_out(request, opened, ack.payload)
    except (SlackError, ValueError) as fault:
        why = f"{TROUBLE} ({fault})"
        raise ControlError("invalid_response", why, 502, view=opened.shown()) from fault
    return {**answer, "view": _topmost(request, user)}


async def close(request: Request) -> Json:
    """Cancel the topmost modal, or with `all` the whole stack at once: user, view_id?."""
    user = request.actor()
    opened = surface(request, user)
    if opened.view["type"] != "modal":
        raise ControlError("view_not_found", "a Home tab cannot be closed", 404)
    views = request.slack.views
    cleared = bool(request.get("all")) or opened.view["clear_on_close"]
    if cleared:
        gone = views.close_all(user.id)
    else:
        views.close(opened)
        gone = [opened]
    told = [await _tell(request, user, view, cleared) for view in gone]
    return {"acked": all(told), "view": _topmost(request, user)}


def _fill_in(opened: OpenView, values: Any) -> None:
    if not isinstance(values, dict) or not all(isinstance(v, dict) for v in values.values()):
        raise ControlError("invalid_field", "values must be {block_id: {action_id: value}}")
    fields = {
        (block_id, element["action_id"]): element
        for block_id, element, _ in elements_in(opened.view["blocks"])
        if element["type"] in STATE_FIELDS
    }
    for block_id, actions in values.items():
        for action_id, given in actions.items():
            element = fields.get((block_id, action_id))
            if element is None:
                raise ControlError("unknown_field", f"no field {block_id}/{action_id} here")
            opened.touched[block_id, action_id] = value_for(element, given)


def _hold_back(opened: OpenView) -> None:
    shown = opened.shown()
    errors = submission_errors(shown, shown["state"]["values"])
    if errors:
        detail = "Slack's own client does not submit this"
        raise ControlError("invalid_submission", detail, 422, errors=errors, view=shown)


def _carried_out(request: Request, opened: OpenView, answer: Mapping[str, Any]) -> Json:
    """Do what the ack says; raises SlackError or ValueError when Slack would not understand it."""
    views = request.slack.views
    action = answer.get("response_action")
    errors: Json = {}
    if not answer:
        # Slack closes whatever is on top when the ack comes, also a modal opened before it.
        stack = views.stack(opened.user)
        views.close(stack[-1] if stack else opened)
    elif action == "clear":
        views.close_all(opened.user)
    elif action == "errors":
        errors = _checked_errors(opened, answer.get("errors"))
    elif action == "update":
        views.update(opened, _checked_view(answer.get("view")))
    elif action == "push":
        views.push(opened.user, _checked_view(answer.get("view")))
    else:
        raise ValueError(f"the ack of a submission cannot be {dict(answer)!r}")
    return {"response_action": action, "errors": errors}


def _checked_errors(opened: OpenView, errors: Any) -> Json:
    inputs = {b["block_id"] for b in opened.view["blocks"] if b["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise ValueError("errors must hold at least one sentence")
    for block_id, sentence in errors.items():
        if block_id not in inputs:
            raise ValueError(f"{block_id!r} is not an input block")
        if not isinstance(sentence, str) or not sentence:
            raise ValueError(f"the error of {block_id!r} is not a sentence")
    return dict(errors)


def _checked_view(view: Any) -> Mapping[str, Any]:
    faults = view_faults(view, kind="modal")
    if faults:
        raise SlackError(faults[0].error, faults[0].detail)
    checked: Mapping[str, Any] = view
    return checked


async def _tell(request: Request, user: User, opened: OpenView, cleared: bool) -> bool:
    if not opened.view["notify_on_close"] or not request.slack.installed:
        return True
    payload = closed_payload(request.slack, user, opened, cleared)
    try:
        await send(request.slack, "interactive", "view_closed", user, payload)
    except ControlError:
        # The modal is gone for its user whether or not the app took note.
        return False
    return True


def _topmost(request: Request, user: User) -> Json | None:
    stack = request.slack.views.stack(user.id)
    return stack[-1].shown() if stack else None
