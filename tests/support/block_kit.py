"""Small pieces of Block Kit as JSON, each sound as it stands; keywords change or spoil them."""

from typing import Any

Json = dict[str, Any]


def plain(text: str = "Go") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "Go") -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str = "Hello", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def context(*elements: Json) -> Json:
    return {"type": "context", "elements": list(elements)}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def button(action: str = "go", **more: Any) -> Json:
    return {"type": "button", "text": plain(), "action_id": action, **more}


def image(**more: Any) -> Json:
    return {"type": "image", "alt_text": "A chart", "image_url": "https://ala.org/c.png", **more}


def asked(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Hours"), "element": element, **more}


def feedback(**more: Any) -> Json:
    answer = {"text": plain("Yes"), "value": "yes"}
    both = {"positive_button": answer, "negative_button": answer}
    return {
        "type": "context_actions",
        "elements": [{"type": "feedback_buttons", **both, **more}],
    }


def trash(**more: Any) -> Json:
    icon = {"type": "icon_button", "icon": "trash", "text": plain("Delete"), **more}
    return {"type": "context_actions", "elements": [icon]}


def cell(text: str = "3") -> Json:
    return {"type": "raw_text", "text": text}


def table(rows: list[list[Json]], **more: Any) -> Json:
    return {"type": "table", "rows": rows, **more}


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def part(*leaves: Json, kind: str = "section", **more: Any) -> Json:
    return {"type": f"rich_text_{kind}", "elements": list(leaves), **more}


def link(url: str) -> Json:
    return {"type": "link", "url": url}


def wave(**more: Any) -> Json:
    return {"type": "emoji", "name": "wave", **more}


WORD: Json = {"type": "text", "text": "Hello"}


def said(*blocks: Json) -> Json:
    return {"text": "Hello", "blocks": list(blocks)}
