"""What Slack refuses in a message: chat.postMessage, update, postEphemeral, a response_url.

Names of errors: the error lists of those methods. Sizes are counted in characters, as Slack does,
save the `text` of chat.update, which it counts in bytes.
"""

import json
import re
from collections.abc import Iterator, Mapping

from .block_types import block_flaws
from .rules import Fault

TEXT_LIMIT = 40_000
"""Beyond this chat.postMessage cuts the text off or refuses it; here it refuses."""
UPDATE_TEXT_BYTES = 4_000
MARKDOWN_LIMIT = 12_000
"""Characters of all markdown blocks of a message together, and of `markdown_text`."""
BLOCKS_LIMIT = 13_000
"""Characters of the blocks as JSON. Undocumented: Slack has refused from about 13,200 on."""
METADATA_BYTES = 8_000
"""Slack publishes no number for metadata_too_large; this is a cautious one."""


def message_faults(
    payload: Mapping[str, object], *, method: str = "chat.postMessage"
) -> list[Fault]:
    """All reasons to refuse a message's body, the one that Slack names first in front.

    `payload` is the arguments of `method` or the body sent to a response_url; `blocks`, `metadata`
    and `attachments` may be JSON text, as in form-encoded calls. Keys that are not content
    (`channel`, `thread_ts`, `token`) are left to the caller.
    """
    blocks, faults = _decoded(payload, "blocks", "invalid_blocks_format")
    metadata, metadata_faults = _decoded(payload, "metadata", "invalid_metadata_format")
    return [
        *faults,
        *_blocks(blocks),
        *_text(payload, method),
        *_markdown_text(payload),
        *_empty(payload, blocks),
        *_attachments(payload),
        *metadata_faults,
        *_metadata(metadata, method),
        *_switches(payload),
    ]


def _decoded(payload: Mapping[str, object], key: str, error: str) -> tuple[object, list[Fault]]:
    """The value of `key`, out of its JSON text where it is text; _ABSENT where there is none."""
    if key not in payload:
        return _ABSENT, []
    value = payload[key]
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return _ABSENT, [Fault(error, f"{key} is not valid JSON")]
    wanted = list if key == "blocks" else dict
    if not isinstance(value, wanted):
        return _ABSENT, [Fault(error, f"{key} must be a JSON {_JSON_NAMES[wanted]}")]
    return value, []


_ABSENT = object()
_JSON_NAMES: dict[type, str] = {list: "array", dict: "object"}


def _blocks(blocks: object) -> Iterator[Fault]:
    if not isinstance(blocks, list):
        return
    for flaw in block_flaws(blocks, "message", "/blocks"):
        yield Fault("invalid_blocks", str(flaw))
    kinds = [block.get("type") for block in blocks if isinstance(block, dict)]
    if kinds.count("table") > 1:
        yield Fault("invalid_attachments", "only_one_table_allowed")
    texts = [block.get("text") for block in blocks if isinstance(block, dict)]
    length = sum(
        len(text)
        for kind, text in zip(kinds, texts, strict=True)
        if kind == "markdown" and isinstance(text, str)
    )
    if length > MARKDOWN_LIMIT:
        yield Fault(
            "msg_blocks_too_long",
            f"all markdown blocks together hold {length} characters, {MARKDOWN_LIMIT} are allowed",
        )
    size = len(_compact(blocks))
    if size > BLOCKS_LIMIT:
        yield Fault(
            "msg_blocks_too_long",
            f"the blocks are {size} characters of JSON, about {BLOCKS_LIMIT} are allowed",
        )


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _text(payload: Mapping[str, object], method: str) -> Iterator[Fault]:
    if "text" not in payload:
        return
    text = payload["text"]
    if not isinstance(text, str):
        yield Fault("invalid_arguments", "must be a string [json-pointer:/text]")
    elif len(text) > TEXT_LIMIT:
        yield Fault("msg_too_long", f"text holds {len(text)} characters, {TEXT_LIMIT} are allowed")
    elif method == "chat.update" and len(text.encode()) > UPDATE_TEXT_BYTES:
        yield Fault(
            "msg_too_long",
            f"text is {len(text.encode())} bytes, chat.update takes {UPDATE_TEXT_BYTES}",
        )


def _markdown_text(payload: Mapping[str, object]) -> Iterator[Fault]:
    if "markdown_text" not in payload:
        return
    if "text" in payload or "blocks" in payload:
        yield Fault("markdown_text_conflict", "markdown_text goes with neither text nor blocks")
    text = payload["markdown_text"]
    if not isinstance(text, str):
        yield Fault("invalid_arguments", "must be a string [json-pointer:/markdown_text]")
    elif len(text) > MARKDOWN_LIMIT:
        yield Fault(
            "msg_too_long",
            f"markdown_text holds {len(text)} characters, {MARKDOWN_LIMIT} are allowed",
        )


def _empty(payload: Mapping[str, object], blocks: object) -> Iterator[Fault]:
    spoken = [payload.get("text"), payload.get("markdown_text")]
    if any(text.strip() if isinstance(text, str) else text is not None for text in spoken):
        return
    if blocks in (_ABSENT, []) and not _unread_blocks(payload, blocks):
        if payload.get("delete_original") is True or payload.get("attachments"):
            return
        yield Fault("no_text", "neither text nor blocks were given")


def _unread_blocks(payload: Mapping[str, object], blocks: object) -> bool:
    """Whether blocks were sent but could not be read, which is a fault of its own."""
    return blocks is _ABSENT and "blocks" in payload


def _attachments(payload: Mapping[str, object]) -> Iterator[Fault]:
    given = payload.get("attachments")
    if given and given != "[]":
        yield Fault(
            "invalid_attachments", "secondary attachments are legacy; the playground takes none"
        )


def _metadata(metadata: object, method: str) -> Iterator[Fault]:
    if not isinstance(metadata, dict) or (metadata == {} and method == "chat.update"):
        return
    if set(metadata) != {"event_type", "event_payload"}:
        yield Fault("invalid_metadata_format", "metadata is event_type and event_payload, no more")
        return
    kind, content = metadata["event_type"], metadata["event_payload"]
    if not isinstance(kind, str) or not re.fullmatch(r"[A-Za-z0-9_]{1,50}", kind):
        yield Fault(
            "invalid_metadata_format", "event_type is 1 to 50 letters, digits and underscores"
        )
    if not isinstance(content, dict):
        yield Fault("invalid_metadata_format", "event_payload must be a JSON object")
    elif _holds_null(content):
        yield Fault("invalid_metadata_schema", "event_payload holds a null")
    if len(_compact(metadata).encode()) > METADATA_BYTES:
        yield Fault("metadata_too_large", f"metadata is above {METADATA_BYTES} bytes of JSON")


def _holds_null(value: object) -> bool:
    if isinstance(value, dict):
        return any(_holds_null(entry) for entry in value.values())
    if isinstance(value, list):
        return any(_holds_null(entry) for entry in value)
    return value is None


def _switches(payload: Mapping[str, object]) -> Iterator[Fault]:
    """The switches of a response_url body, where a word in place of true does nothing on Slack."""
    for name in ("replace_original", "delete_original"):
        if name in payload and not isinstance(payload[name], bool):
            yield Fault("invalid_arguments", f"must be a boolean [json-pointer:/{name}]")
    if payload.get("response_type", "ephemeral") not in ("ephemeral", "in_channel"):
        yield Fault(
            "invalid_arguments",
            "must be one of: ephemeral, in_channel [json-pointer:/response_type]",
        )
