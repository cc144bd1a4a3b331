"""The command line: parses, calls, prints. Its `--help` is the documentation."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from bot import answering, doctor, evaluation, log
from bot.config import Settings, read_settings, require_slack
from bot.content import ContentPlaces, shipped_places
from bot.errors import BotError, InputError
from bot.services.bank import Bank, load_bank


class Sentences(click.Group):
    """Ends with a fault's own sentence and exit code instead of a stack trace."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BotError as error:
            click.echo(str(error), err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            ctx.exit(1)


@click.group(cls=Sentences, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="clm-bot")
def main() -> None:
    """The CLM bot: answers a chapter's questions about the Certified Legal Manager credential."""


@main.command()
@click.option(
    "--http", metavar="HOST:PORT", help="Listen for signed requests instead of Socket Mode."
)
def run(http: str | None) -> None:
    """Run the bot on Slack.

    Socket Mode needs SLACK_BOT_TOKEN and SLACK_APP_TOKEN; HTTP mode needs SLACK_BOT_TOKEN and
    SLACK_SIGNING_SECRET. They are read from the environment or from a file .env.
    """
    from bot.cli.running import run_bot

    settings = read_settings()
    place = _place(http) if http else None
    require_slack(settings, http=http is not None, faults=_place_faults(http, place))
    log.set_up(settings.log_level)
    with _until_interrupted():
        asyncio.run(run_bot(settings, partial(_load, _places(settings), settings), place))


@main.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help="Where the page is served; 0 takes any free port.",
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def demo(port: int, no_browser: bool) -> None:
    """Try the bot on a local Slack, with no account: the playground and the bot in one."""
    from bot.cli.running import run_demo

    settings = read_settings()
    log.set_up("WARNING")
    with _until_interrupted():
        asyncio.run(run_demo(settings, port, browser=not no_browser))


@main.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help="Where it is served; 0 takes any free port.",
)
@click.option("--bot-url", metavar="URL", help="Deliver by signed HTTP to this address.")
def playground(port: int, bot_url: str | None) -> None:
    """Serve the local Slack alone, for a bot started beside it."""
    from bot.cli.running import run_playground

    with _until_interrupted():
        asyncio.run(run_playground(port, bot_url))


@main.command()
@click.argument("text", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--batch", metavar="FILE", help='Answer each line {"text": "..."} of a file, or of -.'
)
def ask(text: str | None, as_json: bool, batch: str | None) -> None:
    """Ask one question, as a member would in chat."""
    if (text is None) == (batch is None):
        raise click.UsageError("Give one TEXT, or --batch FILE.")
    settings = read_settings()
    texts = [text or ""] if batch is None else answering.texts_of(_lines(batch), batch)
    bank = _bank(settings)
    for each in texts:
        shown = answering.as_read if batch is None and not as_json else answering.as_json
        click.echo(shown(bank, each))


@main.command("eval")
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--bank",
    "bank_file",
    metavar="BANK",
    help="Train on this file of the same format instead of the content.",
)
def evaluate(file: str, as_json: bool, bank_file: str | None) -> None:
    """Measure the answers on labelled messages.

    FILE has {"text", "label"} a line; the label oos means out of scope.
    """
    settings = read_settings()
    cases = evaluation.cases_of(_lines(file), file)
    if bank_file is not None:
        examples = evaluation.cases_of(_lines(bank_file), bank_file)
        report = evaluation.evaluate_bank(cases, examples)
    else:
        report = evaluation.evaluate_content(cases, partial(_bank, settings))
    click.echo(evaluation.report_json(report) if as_json else evaluation.report_text(report))


@main.command()
@click.argument("file")
@click.option(
    "--json", "as_json", is_flag=True, required=True, help="Print one JSON object a profile."
)
def check(file: str, as_json: bool) -> None:
    """Judge profiles, one JSON object a line, by the same rules as the dialog."""
    from bot.services.eligibility_files import run_check

    del as_json
    settings = read_settings()
    lines = _lines(file)
    content = _content(settings)
    for line in run_check(lines, file, content.rule_set, _today()):
        click.echo(line)


@main.command("doctor")
@click.pass_context
def examine(ctx: click.Context) -> None:
    """Say what is set up, what is missing, and what to do about it.

    Changes nothing and sends nothing. Ends with exit code 1 when something is missing.
    """
    settings = read_settings()
    report = doctor.examine(settings, _places(settings), _today())
    click.echo(report.text)
    ctx.exit(0 if report.healthy else 1)


@main.group()
def content() -> None:
    """Work with the content: answers, rules and sentences."""


@content.command("check")
def check_content() -> None:
    """Check every file; each fault is told with its file and line. Changes nothing."""
    found = _content(read_settings())
    approved = sum(entry.approved is not None for entry in found.entries.values())
    click.echo(
        f"The content is in order: {len(found.entries)} entries ({approved} approved), "
        f"{len(found.examples)} examples, {len(found.facts)} facts."
    )


def _places(settings: Settings) -> ContentPlaces:
    return shipped_places(own=settings.clm_home)


def _content(settings: Settings) -> Any:
    from bot.content import load_content

    return load_content(_places(settings), _today())


def _bank(settings: Settings) -> Bank:
    return _load(_places(settings), settings, _today())


def _load(places: ContentPlaces, settings: Settings, today: date) -> Bank:
    return load_bank(places, today, settings.cache)


def _today() -> date:
    return datetime.now(UTC).date()


def _lines(name: str) -> list[str]:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8-sig").split("\n")
    except OSError as error:
        raise InputError(f"{name}: the file cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise InputError(f"{name}: the file is not plain UTF-8 text.") from None


def _place(text: str) -> tuple[str, int] | None:
    host, _, port = text.rpartition(":")
    if not host or not (port.isascii() and port.isdigit()) or int(port) > 65535:
        return None
    return host, int(port)


def _place_faults(text: str | None, place: tuple[str, int] | None) -> list[str]:
    if text is None or place is not None:
        return []
    return [f"--http wants HOST:PORT, such as 127.0.0.1:3000, not {text!r}."]


@contextmanager
def _until_interrupted() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        click.echo("Ended.", err=True)
