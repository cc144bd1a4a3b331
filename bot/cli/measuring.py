"""What `clm eval` prints, put together from what it was asked for."""

from functools import partial

import click

from bot.config import Settings
from bot.content import ContentBank, ContentPlaces
from bot.content.whereabouts import utterance_places
from bot.domain.matching_fit import Fitted, fit
from bot.evaluation import Report, report_json
from bot.evaluation_authors import cross_validate, crossed_json, crossed_text, tried
from bot.evaluation_saved import Saved, compared, saved_of
from bot.evaluation_text import report_text
from bot.linting import lint_text
from bot.semantic.kept import semantic_folder
from bot.services.indexing import fitted_of


def check_usage(
    file: str | None,
    bank: str | None,
    against: str | None,
    *,
    as_json: bool,
    crossed: bool,
    refit: bool,
) -> None:
    """Raises UsageError for options that contradict one another."""
    if crossed and (file or bank or against):
        raise click.UsageError("--cross-validate takes no FILE, --bank or --against.")
    if not crossed and not file:
        raise click.UsageError("Give one FILE, or --cross-validate.")
    if refit and not crossed:
        raise click.UsageError("--refit goes with --cross-validate.")
    if against and as_json:
        raise click.UsageError("--against is told in words; leave --json out.")


def report_shown(report: Report, saved: Saved | None, name: str | None) -> str:
    """A report for a person, and beside it an earlier run that was saved under a name."""
    if saved is None or name is None:
        return report_text(report)
    now = saved_of(report_json(report), name)
    return f"{report_text(report)}\n\n{compared(saved, now, name)}"


def fitted_in(content: ContentBank, settings: Settings) -> Fitted:
    """The bank as it is fitted in this home, with what its examples score when left out."""
    return fitted_of(content.examples, settings.cache, semantic_folder(settings.clm_home))


def crossed_shown(content: ContentBank, settings: Settings, *, refit: bool, as_json: bool) -> str:
    """The cross-validation of a bank, for a person or as one JSON object: from its one fit, or
    fitted anew without each author."""
    fitted = fitted_in(content, settings)
    anew = partial(fit, meaning=fitted.index.meaning)
    crossed = cross_validate(content.examples, anew) if refit else tried(fitted)
    if as_json:
        return crossed_json(crossed)
    groups = {entry.id: entry.group for entry in content.entries.values()}
    return crossed_text(crossed, groups, fitted.strays())


def lint_shown(fitted: Fitted, places: ContentPlaces, pairs: int) -> str:
    """The utterances of a bank that stray, with where they stand."""
    return lint_text(fitted.strays(), fitted.examples, utterance_places(places), pairs=pairs)
