"""`clm content`: the commands for those who tend the content."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import click

from bot.cli.edits import export_content, remarks_on
from bot.config import read_settings
from bot.content import load_content, shipped_places
from bot.content.due import Due
from bot.content.survey import Survey, surveyed
from bot.content.usage import Use
from bot.domain.program import Fact, long_date


@click.group()
def content() -> None:
    """Work with the content: answers, rules and sentences."""


@content.command("check")
def check_content() -> None:
    """Check every file; each fault is told with its file and line. Changes nothing.

    Without a fault it tells how hard the answers are to read, and remarks on those that could read
    better and on what was edited in chat.
    """
    from bot.content.remarks import reading_of

    survey = _survey()
    found = survey.bank
    approved = sum(entry.approved is not None for entry in found.entries.values())
    click.echo(
        f"The content is in order: {len(found.entries)} entries ({approved} approved), "
        f"{len(found.examples)} examples, {len(found.facts)} facts."
    )
    reading = reading_of(survey)
    click.echo(
        f"Reading grade of the answers (Flesch-Kincaid): {reading.median:.1f} in the middle. "
        + (f"Remarks, not faults: {len(reading.remarks)}." if reading.remarks else "No remarks.")
    )
    for remark in (*reading.remarks, *remarks_on(read_settings(), found, _today())):
        click.echo(remark)


content.add_command(export_content)


@content.command("facts")
@click.option("--where", "name", metavar="NAME", help="Show everything that rests on one fact.")
def facts(name: str | None) -> None:
    """List the facts of the program: value, unit, confidence, age and source.

    With --where: every sentence, rule and number that rests on a fact, with file and line.
    """
    from bot.content.usage import uses_of

    survey = _survey()
    if name is None:
        for fact in survey.bank.facts.values():
            click.echo(f"{fact.name}: {_fact(fact)}")
        return
    uses = uses_of(name, survey)
    click.echo(f"{survey.place_of(name)}: {name}: {_fact(survey.bank.facts[name])}")
    click.echo("\n".join(_use(use, name) for use in uses) or "Nothing rests on it.")


@content.command("due")
@click.option(
    "--on",
    "day",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="As of this day, such as 2027-03-04, instead of today.",
)
def due_content(day: datetime | None) -> None:
    """List what is due to be read or checked again, the longest overdue first."""
    from bot.content.due import due

    today = day.date() if day else _today()
    found = due(_survey(today))
    late = sum(one.is_overdue(today) for one in found)
    click.echo(f"On {long_date(today)}: {late or 'none'} overdue, {len(found) - late} to come.")
    for one in found:
        click.echo(f"{one.place}: {' '.join(_due(one, today))}")


@content.command("lint")
@click.option(
    "--pairs",
    type=click.IntRange(1),
    default=15,
    show_default=True,
    help="How many pairs of entries are shown, those with most utterances first.",
)
def lint_content(pairs: int) -> None:
    """Remark on utterances that do not find their own entry, with file and line.

    These are remarks and no faults. What helps is an utterance that tells two entries apart, or a
    better split of what they answer.
    """
    from bot.cli.measuring import fitted_in, lint_shown

    settings = read_settings()
    places = shipped_places(own=settings.clm_home)
    found = load_content(places, _today())
    click.echo(lint_shown(fitted_in(found, settings), places, pairs))


def _survey(today: date | None = None) -> Survey:
    return surveyed(shipped_places(own=read_settings().clm_home), today or _today())


def _today() -> date:
    return datetime.now(UTC).date()


def _fact(fact: Fact) -> str:
    value = "nobody knows" if fact.text is None else fact.text
    age = [f"as of {fact.as_of}"] if fact.as_of else []
    source = [f"source {fact.source}"] if fact.source else []
    return f"{value} ({'; '.join([fact.unit, f'confidence {fact.confidence}', *age, *source])})"


def _use(use: Use, name: str) -> str:
    by = "" if use.by == name else f" (by way of {use.by})"
    return f"{use.place}: {_named(use)}{by}"


def _named(use: Use) -> str:
    match use.kind:
        case "fact":
            return f"the fact {use.owner}, worked out: {use.says}"
        case "number":
            return f"the number {use.owner} of the rules: {use.says}"
        case "smallest":
            return f"the smallest number that {use.owner} takes: {use.says}"
        case "basis":
            return f"{use.owner} shows its source and age"
    shown = use.says or "nothing is said as long as it is empty"
    return f"{use.kind} {use.owner}: {' '.join(shown.split())}"


def _due(one: Due, today: date) -> Iterator[str]:
    if one.kind == "seasons":
        yield from _seasons(one, today)
        return
    what = f"the {one.kind} '{one.name}'"
    if one.on is None:
        yield f"{what} is overdue: nobody has said when it was checked."
        return
    yield f"{what} {_when(one.on, today)}"
    yield f"Last checked on {long_date(one.checked)}." if one.checked else ""
    if one.is_withheld(today):
        yield "Answers leave it out until then."


def _seasons(one: Due, today: date) -> Iterator[str]:
    if not one.is_overdue(today):
        yield f"look for a season after {one.name} {_by(one.on)}"
    elif one.name:
        yield f"no season to apply for is known; the newest is {one.name}."
    else:
        yield "no season is known."


def _when(on: date, today: date) -> str:
    if today > on:
        return f"has been overdue since {long_date(on)}."
    return f"is due {_by(on)}"


def _by(on: date | None) -> str:
    return f"by {long_date(on)}." if on else "soon."
