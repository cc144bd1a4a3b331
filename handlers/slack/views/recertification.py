"""How keeping the CLM looks: the pace in `/clm recert`, in `/clm status` and in the Home tab.

Every bar is decoration: the number stands in words beside it.
"""

from collections.abc import Iterator
from decimal import Decimal

from bot.domain.copy import Copy
from bot.domain.eligibility_rules import plain as number
from bot.domain.program import listed, long_date
from bot.domain.recertification import Holder, RecertificationRules
from bot.domain.recertification_pace import Keeping, Limited, Pace, SubjectPace
from handlers.slack.views.blocks import (
    Block,
    Message,
    actions,
    button,
    header,
    message,
    numbered,
    quiet,
    words,
)
from handlers.slack.views.gap import barred

ABOUT = "recertification"
"""The entry that tells how recertification works."""

FEES = frozenset({"maintenance_fee_annual", "recert_fee", "maintenance_due_former"})
RETIRED_FEE = "retired_fee"


def recertification_message(keeping: Keeping | None, copy: Copy) -> Message:
    """The pace with everything around it; without a holder, how to say that one is."""
    title = copy.say("recertification.title")
    if keeping is None:
        text = copy.say("recertification.not_told")
        tell = button(copy.say("recertification.tell"), "recert.open", style="primary")
        how = button(copy.say("recertification.how"), numbered("faq.show", 0), ABOUT)
        return message(text, [header(title), words(text), actions(tell, how)])
    small = list(_small_print(keeping, copy))
    text = "\n\n".join([title, *pace_texts(keeping, copy), *small])
    *blocks, buttons = pace_blocks(keeping, copy)
    return message(text, [header(title), *blocks, *(quiet(one) for one in small), buttons])


def pace_texts(keeping: Keeping, copy: Copy) -> list[str]:
    """How the member keeps the CLM, in words, paragraph by paragraph."""
    pace = keeping.pace
    if pace is None:
        return _retired_texts(keeping, copy)
    rows = "\n".join(f"- {line}" for line in _row_lines(pace, keeping.rules, copy))
    before, after = _before(keeping, pace, copy), _after(keeping, pace, copy)
    return [*before, *after] if pace.state == "ended" else [*before, rows, *after]


def pace_blocks(keeping: Keeping, copy: Copy) -> list[Block]:
    """The same as blocks with bars; the last one holds the buttons, one next step first."""
    pace = keeping.pace
    if pace is None:
        return [*(words(text) for text in _retired_texts(keeping, copy)), _buttons(pace, copy)]
    bars = [] if pace.state == "ended" else [words(barred(_rows(pace, keeping.rules, copy)))]
    return [
        *(words(text) for text in _before(keeping, pace, copy)),
        *bars,
        *(words(text) for text in _after(keeping, pace, copy)),
        _buttons(pace, copy),
    ]


def _buttons(pace: Pace | None, copy: Copy) -> Block:
    change = button(copy.say("recertification.change"), "recert.open")
    if pace is None:
        return actions(change)
    if pace.state == "ended":
        return actions(
            button(copy.say("recertification.next_cycle"), "recert.open", style="primary")
        )
    return actions(button(copy.say("recertification.add"), "ledger.add", style="primary"), change)


def _before(keeping: Keeping, pace: Pace, copy: Copy) -> list[str]:
    """The state first, then the cycle that it is measured in."""
    return [_state(pace, keeping.rules, copy), cycle_text(keeping.holder, pace, copy)]


def _state(pace: Pace, rules: RecertificationRules, copy: Copy) -> str:
    said = {
        "missing": rules.amount(pace.missing),
        "even_left": rules.amount(pace.even_left),
        "behind": rules.amount(Decimal(pace.behind)),
        "first_day": long_date(pace.cycle.first_day),
        "last_day": long_date(pace.cycle.ends),
    }
    return copy.say(f"recertification.state_{pace.state}", **said)


def cycle_text(holder: Holder, pace: Pace, copy: Copy) -> str:
    """From when to when hours count, and what that rests on."""
    first_day, last_day = long_date(pace.cycle.first_day), long_date(pace.cycle.ends)
    season, _, year = holder.passed.partition(" ")
    if not year:
        return copy.say("recertification.cycle_told", first_day=first_day, last_day=last_day)
    return copy.say(
        "recertification.cycle_passed",
        season=copy.say(f"recertification.passed_{season}", year=year),
        first_day=first_day,
        last_day=last_day,
    )


def _row_lines(pace: Pace, rules: RecertificationRules, copy: Copy) -> list[str]:
    return [line for line, _ in _rows(pace, rules, copy)]


def _rows(pace: Pace, rules: RecertificationRules, copy: Copy) -> list[tuple[str, float]]:
    """Each subject with its minimum, what lies outside of them, and all together; with shares."""
    missing = max(pace.needed - pace.counted, Decimal(0))
    total = _hours(pace.counted, pace.needed, missing, rules, copy)
    return [
        *((_subject_line(one, rules, copy), one.share) for one in pace.subjects if _is_shown(one)),
        (_line(copy.say("recertification.row_total"), total, copy), pace.share),
    ]


def _is_shown(one: SubjectPace) -> bool:
    return bool(one.subject.needed or one.counted)


def _subject_line(one: SubjectPace, rules: RecertificationRules, copy: Copy) -> str:
    if not one.subject.needed:
        hours = copy.say("recertification.row_free", hours=rules.amount(one.counted))
    else:
        hours = _hours(one.counted, one.subject.needed, one.missing, rules, copy)
    return _line(one.subject.label, hours, copy)


def _hours(
    counted: Decimal, needed: Decimal, missing: Decimal, rules: RecertificationRules, copy: Copy
) -> str:
    least = rules.amount(needed)
    if not missing:
        return copy.say("recertification.row_met", hours=rules.amount(counted), needed=least)
    said = {"counted": number(counted), "missing": number(missing)}
    return copy.say("recertification.row_missing", needed=least, **said)


def _line(label: str, hours: str, copy: Copy) -> str:
    heading = f"{label[:1].upper()}{label[1:]}"
    return copy.say("recertification.row", subject=heading, hours=hours)


def _after(keeping: Keeping, pace: Pace, copy: Copy) -> list[str]:
    """What is missing, what the limits cost, what is open, and the next date with the hard stop."""
    texts = _missing_texts(pace, keeping.rules, copy) + _open_texts(pace, copy)
    if pace.state == "ended":
        return []
    return [*texts, f"{_next_date(pace, copy)} {copy.say('recertification.hard_stop')}"]


def _missing_texts(pace: Pace, rules: RecertificationRules, copy: Copy) -> list[str]:
    lacking = [one for one in pace.subjects if one.missing]
    named = [
        copy.say(
            "recertification.in_subject",
            hours=rules.amount(one.missing),
            subject=one.subject.label,
        )
        for one in lacking
    ]
    free, texts = pace.missing - pace.short, []
    if named and free:
        key = "recertification.minimums_and_free"
        texts.append(copy.say(key, list=listed(named), hours=rules.amount(free)))
    elif named:
        texts.append(copy.say("recertification.minimums", list=listed(named)))
    elif free:
        texts.append(copy.say("recertification.free", hours=rules.amount(free)))
    if pace.beyond:
        texts.append(copy.say("recertification.beyond", hours=rules.amount(pace.beyond)))
    for kind, limited in (("passive", pace.passive), ("teaching", pace.teaching)):
        if limited.recorded:
            texts.append(_limited(kind, limited, rules, copy))
    return texts


def _limited(kind: str, limited: Limited, rules: RecertificationRules, copy: Copy) -> str:
    return copy.say(
        f"recertification.{kind}",
        counted=number(limited.counted),
        recorded=rules.amount(limited.recorded),
        most=rules.amount(limited.most),
    )


def _open_texts(pace: Pace, copy: Copy) -> list[str]:
    texts = []
    for key, count in (("unassigned", pace.unassigned), ("undecided", pace.undecided)):
        if count == 1:
            texts.append(copy.say(f"recertification.{key}_one"))
        elif count:
            texts.append(copy.say(f"recertification.{key}_more", count=str(count)))
    return texts


def _next_date(pace: Pace, copy: Copy) -> str:
    day = long_date(pace.cycle.ends)
    if pace.days_left == 0:
        return copy.say("recertification.next_date_today", day=day)
    if pace.days_left == 1:
        return copy.say("recertification.next_date_tomorrow", day=day)
    return copy.say("recertification.next_date", day=day, days=f"{pace.days_left:,}")


def _small_print(keeping: Keeping, copy: Copy) -> Iterator[str]:
    if keeping.pace is None:
        return
    yield copy.say("recertification.apart")
    if keeping.pace.state in ("on_pace", "behind"):
        yield copy.say("recertification.even_pace")
    is_withheld = not FEES.isdisjoint(keeping.withheld)
    yield copy.say("recertification.fees_withheld" if is_withheld else "recertification.fees")
    about = copy.say("recertification.retired_about")
    yield " ".join(part for part in (about, _retired_fee(keeping, copy)) if part)


def _retired_fee(keeping: Keeping, copy: Copy) -> str:
    return "" if RETIRED_FEE in keeping.withheld else copy.say("recertification.retired_fee")


def _retired_texts(keeping: Keeping, copy: Copy) -> list[str]:
    about = copy.say("recertification.retired_about")
    return [
        copy.say("recertification.retired_told"),
        copy.say("recertification.retired_stay"),
        " ".join(part for part in (about, _retired_fee(keeping, copy)) if part),
    ]
