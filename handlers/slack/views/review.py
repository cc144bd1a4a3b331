"""The review run: one entry that is due, and what can be said of it at a tap."""

import json
from dataclasses import dataclass, replace

from bot.domain.faq import answer_of
from bot.domain.program import Fact, Source, long_date
from bot.services.bank import Bank
from bot.services.review import DueEntry, ReviewRun
from handlers.slack.ids import user_id_of
from handlers.slack.views.blocks import (
    Block,
    actions,
    button,
    escaped,
    header,
    marked,
    modal,
    quiet,
    words,
)
from handlers.slack.views.curation import related_line
from handlers.slack.views.faq import answer_words

MOST_PASSED = 1500
"""Letters of ids that a window carries; who skips more than that sees the first of them again."""


@dataclass(frozen=True, slots=True)
class Walked:
    """How far somebody has come in this run: entries done or skipped, and of those the skipped."""

    passed: tuple[str, ...] = ()
    done: int = 0
    skipped: int = 0

    def past(self, entry: str, *, skipped: bool) -> "Walked":
        """One further, the oldest forgotten where a window cannot carry all."""
        passed = (*(one for one in self.passed if one != entry), entry)
        while sum(map(len, passed)) > MOST_PASSED:
            passed = passed[1:]
        return Walked(passed, self.done + (not skipped), self.skipped + skipped)

    def back_to(self, entry: str) -> "Walked":
        """One taken back."""
        passed = tuple(one for one in self.passed if one != entry)
        return replace(self, passed=passed, done=max(0, self.done - 1))

    def metadata(self) -> dict[str, object]:
        """As it is kept in a window."""
        return {"passed": list(self.passed), "done": self.done, "skipped": self.skipped}


def walked_in(metadata: str) -> Walked:
    """What a window carries of the run."""
    kept = json.loads(metadata or "{}")
    return Walked(
        tuple(kept.get("passed") or ()), int(kept.get("done") or 0), int(kept.get("skipped") or 0)
    )


def review_modal(
    run: ReviewRun, walked: Walked, bank: Bank, *, note: str = "", undo: str = ""
) -> Block:
    """The entry to look at; `note` says what was just done, and `undo` names it to take it back."""
    copy = bank.content.copy
    said = [words(note)] if note else []
    if undo:
        said.append(actions(button(copy.say("review.undo"), "review.undo", undo)))
    blocks = [*said, *(_due(run, run.due, walked, bank) if run.due else _end(walked, bank))]
    return modal(
        "review.run",
        copy.say("review.title"),
        blocks,
        close=copy.say("review.stop" if run.due else "curation.close"),
        metadata=walked.metadata(),
    )


def _due(run: ReviewRun, due: DueEntry, walked: Walked, bank: Bank) -> list[Block]:
    copy, entry = bank.content.copy, due.entry
    at = walked.done + walked.skipped
    place = copy.say("review.place", number=f"{at + 1:,}", total=f"{at + run.left:,}")
    day = long_date(entry.due_on) if entry.due_on else None
    since = copy.say("review.since", verified=long_date(entry.verified), day=day)
    value = f"{entry.id}:{due.curated.number}"
    return [
        quiet(place, since),
        header(entry.question),
        *answer_words(answer_of(entry, bank.content.entries), copy),
        *related_line(due.curated.text, bank),
        *_sources(entry.sources, bank),
        *_values(run, due, bank),
        words(copy.say("review.ask")),
        actions(
            button(copy.say("review.right"), "review.right", value, style="primary"),
            button(copy.say("curation.edit"), "curation.edit", value),
            button(copy.say("curation.retire"), "review.retire", value),
            button(copy.say("review.skip"), "review.skip", value),
        ),
    ]


def _end(walked: Walked, bank: Bank) -> list[Block]:
    copy = bank.content.copy
    if walked.skipped:
        text = copy.say("review.only_skipped", number=f"{walked.skipped:,}")
        return [words(text), actions(button(copy.say("review.again"), "review.again"))]
    return [words(copy.say("review.all_done" if walked.done else "review.nothing_due"))]


def _sources(sources: tuple[Source, ...], bank: Bank) -> list[Block]:
    """Each source with its address, to be opened and compared."""
    named = [source for source in sources if source.address.startswith(("https://", "http://"))]
    if not named:
        return []
    copy = bank.content.copy
    links = "\n".join(f"<{_address(one.address)}|{escaped(one.title)}>" for one in named)
    return [marked(f"{escaped(copy.say('review.sources'))}\n{links}")]


def _address(address: str) -> str:
    """An address that can end neither the link nor its label."""
    return escaped(address).replace("|", "%7C").replace(" ", "%20")


def _values(run: ReviewRun, due: DueEntry, bank: Bank) -> list[Block]:
    """What in it changes with the season, also where members do not read it at present."""
    if not due.values:
        return []
    copy = bank.content.copy
    lines = "\n".join(_value(fact, fact.name in due.withheld, bank) for fact in due.values)
    who = ", ".join(f"<@{user_id_of(member)}>" for member in run.tended_by)
    whose = "review.values_whose" if who else "review.values_of_files"
    said = escaped(copy.say(whose, who=_WHO)).replace(_WHO, who)
    return [words(copy.say("review.values", values=lines)), marked(said)]


def _value(fact: Fact, is_withheld: bool, bank: Bank) -> str:
    copy = bank.content.copy
    return copy.say(
        "review.value_withheld" if is_withheld else "review.value",
        name=fact.name.replace("_", " "),
        value=fact.text,
        checked=long_date(fact.checked) if fact.checked else None,
    )


_WHO = "\ufdd1"
