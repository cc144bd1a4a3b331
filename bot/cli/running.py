"""Starting and ending the long-running commands."""

import asyncio
import signal
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from pydantic import SecretStr

from bot.cli.demo import Demo
from bot.cli.fitting import learning_in, say_fit
from bot.config import Settings
from bot.content import ContentPlaces, shipped_path
from bot.errors import SettingsError
from bot.playground.server import Playground
from bot.runtime import Runtime
from bot.services import demo as seeded
from bot.services.bank import Bank, load_bank
from bot.services.bank_files import BankFiles, Begun
from handlers.slack.serve import Place, serving


async def run_bot(settings: Settings, files: BankFiles, http: tuple[str, int] | None) -> None:
    """The bot on Slack until it is told to end."""
    stop = _stop_signal()
    runtime = _runtime(files, settings.database)
    try:
        _say_faults(runtime.begun)
        place = Place(*http) if http else None
        async with serving(runtime, settings, place):
            where = f"listening on {http[0]}:{http[1]}" if http else "Socket Mode"
            click.echo(f"The CLM bot is running ({where}). End it with Ctrl-C.", err=True)
            await stop.wait()
    except OSError as error:
        if http is None:
            raise
        raise SettingsError(
            [f"--http {http[0]}:{http[1]} cannot be used ({(error.strerror or '').lower()})."]
        ) from None
    finally:
        runtime.close()


async def run_playground(port: int, bot_url: str | None) -> None:
    """The local Slack alone."""
    stop = _stop_signal()
    async with _playground(port) as slack:
        if bot_url:
            slack.use_http(bot_url)
        click.echo(f"A local Slack is at {slack.url}")
        click.echo("Start the bot beside it with these settings:")
        click.echo(f"  SLACK_API_URL={slack.api_url}")
        click.echo(f"  SLACK_BOT_TOKEN={slack.bot_token}")
        click.echo(f"  SLACK_APP_TOKEN={slack.app_token}")
        click.echo(f"  SLACK_SIGNING_SECRET={slack.signing_secret}")
        await stop.wait()


async def run_demo(settings: Settings, port: int, *, browser: bool) -> None:
    """The playground and the bot together, with a fresh database that goes when it ends."""
    stop = _stop_signal()
    async with _playground(port) as slack:
        with TemporaryDirectory(prefix="clm-demo-") as home:
            local = settings_for(slack, Path(home))
            async with demo_bot(local, cache=settings.cache) as runtime:
                await people(runtime)
                click.echo(f"The CLM bot's demo is at {slack.url}")
                click.echo(
                    "You act as a chapter member; switch people at the top. End it with Ctrl-C."
                )
                if browser:
                    await asyncio.to_thread(webbrowser.open, slack.url)
                await stop.wait()


@asynccontextmanager
async def demo_bot(settings: Settings, *, cache: Path | None = None) -> AsyncIterator[Runtime]:
    """The bot of the demo's chapter, connected."""
    load = partial(_load_demo, cache or settings.cache)
    files = BankFiles(demo_places(), load, settings.last_good, learning_in(settings))
    runtime = await asyncio.to_thread(_runtime, files, settings.database)
    try:
        async with serving(runtime, settings):
            yield runtime
    finally:
        runtime.close()


async def people(runtime: Runtime) -> None:
    """Let the demo's people have used the bot before."""
    demo, today = Demo(), runtime.clock().date()
    await runtime.run(seeded.enter, demo.workspace, demo.seasons(today))
    await runtime.renew_overlays()
    rules = runtime.bank(demo.workspace).content.recertification
    await runtime.run(seeded.settle, demo.workspace, demo.members(rules, today))


def settings_for(slack: Playground, home: Path) -> Settings:
    """Settings that point at a local Slack."""
    return Settings(
        clm_home=home,
        slack_api_url=slack.api_url,
        slack_bot_token=SecretStr(slack.bot_token),
        slack_app_token=SecretStr(slack.app_token),
        slack_signing_secret=SecretStr(slack.signing_secret),
    )


def demo_places() -> ContentPlaces:
    """The shipped content with the demo's chapter over it."""
    return Demo().places


def _load_demo(cache: Path, places: ContentPlaces, today: date) -> Bank:
    return load_bank(places, today, cache, before_fit=say_fit)


def _runtime(files: BankFiles, database: Path) -> Runtime:
    return Runtime(files.read, database, files=files)


def _say_faults(begun: Begun) -> None:
    if not begun.faults:
        return
    for fault in begun.faults:
        click.echo(fault, err=True)
    instead = {
        "last_good": "The content has faults, so the bot works with it as it last was in order.",
        "readable": "The content has faults, so the bot works without the files that have them.",
    }
    click.echo(instead[begun.stand_in], err=True)


@asynccontextmanager
async def _playground(port: int) -> AsyncIterator[Playground]:
    slack = Playground(
        manifest=shipped_path("app.manifest.yaml"), people=shipped_path("data/demo.yaml")
    )
    try:
        await slack.start(port=port)
    except OSError:
        raise SettingsError(
            [
                f"Port {port} is taken by another program. Choose another: "
                f"make demo DEMO_PORT={port + 1}, or clm demo --port {port + 1}."
            ]
        ) from None
    try:
        yield slack
    finally:
        await slack.stop()


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop
