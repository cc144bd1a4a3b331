"""assistant.threads.* methods of an agent app."""

from bot.playground.call import Call
from bot.playground.shapes import Json, SlackError
from bot.playground.workspace import Channel

MOST_PROMPTS = 4
MOST_LOADING_MESSAGES = 10


def set_suggested_prompts(call: Call) -> Json:
    """Run assistant.threads.setSuggestedPrompts.

    With `thread_ts` an agent app's call "succeeds" and shows nothing, as on Slack.
    """
    channel = _dm(call)
    prompts = call.structure("prompts")
    if not isinstance(prompts, list) or not 0 < len(prompts) <= MOST_PROMPTS:
        raise SlackError("invalid_arguments", f"prompts must hold 1 to {MOST_PROMPTS} entries")
    for prompt in prompts:
        if not isinstance(prompt, dict) or not prompt.get("title") or not prompt.get("message"):
            raise SlackError("invalid_arguments", "each prompt needs a title and a message")
    if call.text("thread_ts") is None:
        call.slack.assistant.suggest(channel.id, call.text("title") or "", prompts)
    return {}


def set_status(call: Call) -> Json:
    """Run assistant.threads.setStatus."""
    channel = _dm(call)
    thread_ts = call.need("thread_ts")
    if "status" not in call.args:
        raise SlackError("invalid_arguments", "missing required field: status")
    messages = call.structure("loading_messages")
    if messages is not None and len(messages) > MOST_LOADING_MESSAGES:
        raise SlackError("invalid_arguments", f"at most {MOST_LOADING_MESSAGES} loading_messages")
    call.slack.assistant.set_status(channel.id, thread_ts, call.text("status") or "")
    return {}


def _dm(call: Call) -> Channel:
    if not call.slack.manifest.agent_view:
        raise SlackError("not_allowed", "the manifest has no agent_view")
    channel = call.channel_to_read("channel_id")
    if not channel.is_im:
        raise SlackError("channel_not_found", "only direct messages show it")
    return channel
