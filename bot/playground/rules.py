"""What every rule book of the playground answers with: a fault, named as Slack names it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason to refuse. `error` is Slack's error name, `detail` a sentence for developers.

    Details about blocks and views end in `[json-pointer:/…]`, as the messages in Slack's
    `response_metadata` do; the server puts `[ERROR] ` before them.
    """

    error: str
    detail: str
