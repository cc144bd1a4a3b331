"""The sheets of an export in words: what the table and the page have in common."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.content import ContentBank
from bot.domain.copy import Copy
from bot.domain.eligibility_hours import NOTHING
from bot.domain.eligibility_profile import KINDS
from bot.domain.eligibility_rules import plain
from bot.domain.ledger import LedgerEntry
from bot.domain.ledger_export import Group, Line, Part, Sheet
from bot.domain.ledger_form import CREDITS
from bot.domain.ledger_judging import Judgement
from bot.domain.program import long_date


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One entry; what people wrote is as they wrote it. `amount` says what `hours` came from.

    `counted` is empty where nothing is judged, `day` is None for a sum that is of no one day.
    """

    day: date | None
    title: str
    provider: str
    kind: str
    amount: str
    hours: str
    counted: str
    why: str
    proof: str
    note: str
    confirmed: str


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """One category or subject; `total` says in words what it comes to, `counted` in a number."""

    label: str
    lines: tuple[PaperLine, ...]
    counted: str
    total: str


@dataclass(frozen=True, slots=True)
class PaperPart:
    """One of the two parts, with what it comes to and what is to be said of it, in sentences."""

    part: Part
    title: str
    groups: tuple[PaperGroup, ...]
    total: str
    counted: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole export; `remarks` say how it came about and who decides."""

    title: str
    parts: tuple[PaperPart, ...]
    remarks: tuple[str, ...]


def paper_of(sheets: tuple[Sheet, ...], content: ContentBank, today: date) -> Paper:
    """The export in words, as of `today`, the member's date."""
    copy = content.copy
    rule = content.rule_set.rules["education_total"]
    return Paper(
        title=copy.say("export.title"),
        parts=tuple(_Words(sheet, content).part() for sheet in sheets),
        remarks=(
            copy.say("export.made", date=long_date(today)),
            copy.say(
                "export.rules",
                version=content.rule_set.version,
                title=rule.source.title,
                edition=rule.source.edition,
                as_of=rule.as_of,
            ),
            copy.say("export.disclaimer"),
        ),
    )


UNCERTAIN = "counts_extra"
"""The reason for which something counts, and which ends in a question to ALA."""


def _is_worth_saying(judgement: Judgement) -> bool:
    return judgement.state != "counts" or judgement.reason == UNCERTAIN


class _Words:
    """The words of one sheet."""

    def __init__(self, sheet: Sheet, content: ContentBank) -> None:
        self._sheet = sheet
        self._content = content
        self._copy: Copy = content.copy
        self._judged = sheet.part == "application" or sheet.cycle is not None

    def part(self) -> PaperPart:
        """The sheet as a part of the paper."""
        sheet, copy = self._sheet, self._copy
        return PaperPart(
            part=sheet.part,
            title=copy.say(f"export.part_{sheet.part}"),
            groups=tuple(self._group(group) for group in sheet.groups),
            total=self._in_all() if self._judged else "",
            counted=plain(sheet.counted) if self._judged else "",
            remarks=tuple(self._remarks()),
        )

    def _remarks(self) -> Iterator[str]:
        sheet, copy = self._sheet, self._copy
        if sheet.apply_on is not None:
            yield copy.say("export.apply_on", date=long_date(sheet.apply_on))
        if sheet.cycle is not None:
            first, last = long_date(sheet.cycle.first_day), long_date(sheet.cycle.ends)
            yield copy.say("export.cycle", first=first, last=last)
        if not self._judged and not sheet.retired:
            yield copy.say("export.no_cycle")
        if any(sheet.left_out.values()):
            yield copy.say("export.left_out", hours=", ".join(self._left_out()))
        if sheet.unassigned:
            yield copy.say("export.unassigned", count=str(sheet.unassigned))

    def _left_out(self) -> Iterator[str]:
        rules = self._content.rule_set
        for limit, hours in self._sheet.left_out.items():
            if hours and limit in ("passive", "teaching"):
                amount = self._amount(hours)
                yield self._copy.say(f"export.left_out_{limit}", amount=amount)
            elif hours:
                yield rules.left_out(limit, hours)

    def _group(self, group: Group) -> PaperGroup:
        told = [self._told(group.told)] if group.told else []
        needed = group.needed
        missing = max(needed - group.counted, NOTHING) if needed is not None else NOTHING
        total = self._total("export.group_total", group.counted, needed, missing)
        return PaperGroup(
            label=group.label or self._copy.say(f"export.unknown_{self._sheet.part}"),
            lines=(*(self._line(line) for line in group.lines), *told),
            counted=plain(group.counted) if self._judged else "",
            total=total if self._judged else "",
        )

    def _in_all(self) -> str:
        sheet = self._sheet
        return self._total("export.total", sheet.counted, sheet.needed, sheet.missing)

    def _total(self, key: str, counted: Decimal, needed: Decimal | None, missing: Decimal) -> str:
        return self._copy.say(
            key,
            counted=self._amount(counted),
            needed=self._amount(needed) if needed is not None else None,
            missing=self._amount(missing) if missing else None,
        )

    def _amount(self, hours: Decimal) -> str:
        return self._content.rule_set.amount("hours", hours)

    def _told(self, counted: Decimal) -> PaperLine:
        title = self._copy.say("export.told_sum")
        hours = plain(counted)
        return PaperLine(
            self._sheet.told_on, title, "", "", self._amount(counted), hours, hours, "", "", "", ""
        )

    def _line(self, line: Line) -> PaperLine:
        entry, judgement = line.entry, line.judgement
        return PaperLine(
            day=entry.day,
            title=entry.title,
            provider=entry.provider,
            kind=self._kind(entry.kind),
            amount=self._given(entry),
            hours=self._hours(line),
            counted=plain(judgement.hours) if self._judged else "",
            why=self._why(line) if self._judged and _is_worth_saying(judgement) else "",
            proof=entry.proof,
            note=entry.note,
            confirmed=self._copy.say("export.confirmed") if entry.is_confirmed else "",
        )

    def _given(self, entry: LedgerEntry) -> str:
        if entry.kind not in CREDITS:
            return self._amount(entry.amount)
        key = "ledger.credit" if entry.amount == 1 else "ledger.credits"
        return self._copy.say(key, number=plain(entry.amount))

    def _hours(self, line: Line) -> str:
        """The contact hours; empty for credits that no rule converts."""
        if line.entry.kind not in CREDITS:
            return plain(line.entry.amount)
        return plain(line.judgement.of) if line.judgement.of else ""

    def _kind(self, kind: str) -> str:
        return self._copy.say(f"ledger.kind_{kind}" if kind in KINDS else "ledger.kind_unknown")

    def _why(self, line: Line) -> str:
        judgement, copy = line.judgement, self._copy
        if self._sheet.part == "recertification":
            key = f"recertification.judged_{judgement.reason}"
        else:
            key = f"ledger.because_{judgement.reason}"
        reason = copy.say(key, **judgement.values)
        return copy.say(
            "ledger.judged", state=copy.say(f"ledger.state_{judgement.state}"), reason=reason
        )
