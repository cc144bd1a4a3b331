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
from bot.cli import measuring
from bot.cli.content import content
from bot.cli.edits import live
from bot.cli.fitting import learning_in, say_fit
from bot.cli.semantic import semantic
from bot.config import Settings, read_settings, require_slack
from bot.content import ContentPlaces, shipped_places
from bot.errors import BotError, InputError
from bot.evaluation_saved import saved_of
from bot.semantic.kept import semantic_folder
from bot.services.bank import Bank, load_bank
from bot.services.bank_files import BankFiles
from bot.services.indexing import fitting_with


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
        asyncio.run(run_bot(settings, _files(settings), place))


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
@click.option("--explain", is_flag=True, help="Say after the answer why it was decided so.")
def ask(text: str | None, as_json: bool, batch: str | None, explain: bool) -> None:
    """Ask one question, as a member would in chat.

    What the chapter entered in chat counts as well, as the database of CLM_HOME has it.
    """
    if (text is None) == (batch is None):
        raise click.UsageError("Give one TEXT, or --batch FILE.")
    if explain and (as_json or batch is not None):
        raise click.UsageError("--explain is told in words; leave --json and --batch out.")
    settings = read_settings()
    texts = [text or ""] if batch is None else answering.texts_of(_lines(batch), batch)
    bank = live(_bank(settings), settings, _today())
    for each in texts:
        shown = answering.as_read if batch is None and not as_json else answering.as_json
        click.echo(shown(bank, each))
        if explain:
            from bot.explaining import explained

            click.echo(f"\n{explained(bank, each)}")


@main.command("eval")
@click.argument("file", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--bank",
    "bank_file",
    metavar="BANK",
    help="Train on this file of the same format instead of the content.",
)
@click.option(
    "--against", metavar="SAVED", help="Compare with what --json printed in an earlier run."
)
@click.option(
    "--cross-validate",
    "crossed",
    is_flag=True,
    help="Instead of FILE: leave out one author of the content after the other.",
)
@click.option(
    "--refit",
    is_flag=True,
    help="With --cross-validate: fit anew without each author; takes many minutes.",
)
def evaluate(
    file: str | None,
    as_json: bool,
    bank_file: str | None,
    against: str | None,
    crossed: bool,
    refit: bool,
) -> None:
    """Measure the answers on labelled messages.

    FILE has {"text", "label"} a line; the label oos means out of scope. Lines may also have
    "author" and "style", which get tables of their own. With --cross-validate, --json prints
    {author: {"in_scope", "oos", "auroc"}, ..., "mean": the same}; all of it comes in closed form
    from the one fit of the bank, unless --refit is given.
    """
    measuring.check_usage(file, bank_file, against, as_json=as_json, crossed=crossed, refit=refit)
    settings = read_settings()
    if file is None:
        found = _content(settings)
        click.echo(measuring.crossed_shown(found, settings, refit=refit, as_json=as_json))
        return
    cases = evaluation.cases_of(_lines(file), file)
    saved = saved_of("\n".join(_lines(against)), against) if against else None
    if bank_file is not None:
        examples = evaluation.cases_of(_lines(bank_file), bank_file)
        fitted = fitting_with(semantic_folder(settings.clm_home))
        report = evaluation.evaluate_bank(cases, examples, fitted)
    else:
        report = evaluation.evaluate_content(cases, partial(_bank, settings))
    if as_json:
        click.echo(evaluation.report_json(report))
    else:
        click.echo(measuring.report_shown(report, saved, against))


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
    rule_set = _content(settings).rule_set
    for line in run_check(lines, file, rule_set, _today()):
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


main.add_command(content)


main.add_command(semantic)


def _places(settings: Settings) -> ContentPlaces:
    return shipped_places(own=settings.clm_home)


def _content(settings: Settings) -> Any:
    from bot.content import load_content

    return load_content(_places(settings), _today())


def _bank(settings: Settings) -> Bank:
    return _load(_places(settings), settings, _today())


def _files(settings: Settings) -> BankFiles:
    def load(places: ContentPlaces, today: date) -> Bank:
        return _load(places, settings, today)

    return BankFiles(_places(settings), load, settings.last_good, learning_in(settings))


def _load(places: ContentPlaces, settings: Settings, today: date) -> Bank:
    semantic = semantic_folder(settings.clm_home)
    return load_bank(places, today, settings.cache, semantic, say_fit)


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
