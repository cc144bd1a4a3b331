"""Profiles from a file, and verdicts as lines of JSON: what `clm check --json` reads and prints."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from bot.domain.eligibility import Profile, RuleSet, Verdict, check
from bot.domain.eligibility_reading import read_profile, shown
from bot.errors import InputError

_MOST_FAULTS = 20


def run_check(lines: Iterable[str], source_name: str, rules: RuleSet, today: date) -> list[str]:
    """One line of JSON for each profile, in order; blank lines are passed over.

    Everything is read before anything is judged. Raises InputError when any line is not a profile,
    with the file, the line and a sentence for each fault.
    """
    profiles: list[Profile] = []
    faults: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip().removeprefix("\ufeff"):
            continue
        read = _profile(line.removeprefix("\ufeff") if number == 1 else line)
        if isinstance(read, Profile):
            profiles.append(read)
        else:
            faults.extend(f"{source_name}:{number}: {sentence}" for sentence in read)
    if faults:
        raise InputError(_told(faults))
    return [verdict_line(check(profile, rules, today)) for profile in profiles]


def verdict_line(verdict: Verdict) -> str:
    """A verdict as one compact JSON object."""
    return json.dumps(
        {
            "overall": verdict.overall,
            "rules": [
                {"id": rule.id, "state": rule.state, "reason": rule.reason.text}
                for rule in verdict.rules
            ],
            "gaps": {category: _json_number(hours) for category, hours in verdict.gaps.items()},
            "expiring": [
                {
                    "date": item.day.isoformat(),
                    "leaves_on": item.leaves_on.isoformat(),
                    "hours": _json_number(item.hours),
                    "category": item.category,
                }
                for item in verdict.expiring
            ],
        },
        separators=(",", ":"),
    )


class _TwiceError(ValueError):
    """A key that stands twice in one object, so that its writer's meaning is open."""


def _profile(line: str) -> Profile | list[str]:
    try:
        given = json.loads(line, parse_float=Decimal, object_pairs_hook=_without_doubles)
    except _TwiceError as error:
        return [f"the key {error} stands twice in the same place; keep one."]
    except json.JSONDecodeError as error:
        return [f"this is not valid JSON: {error.msg} at character {error.pos + 1}."]
    except RecursionError:
        return ["this is not a profile: brackets are nested too deeply."]
    except (ValueError, ArithmeticError):
        return ["this is not a profile: it holds a number that is far too long."]
    if not isinstance(given, Mapping):
        return [f"a profile is an object in {{ }}, not {shown(given)}."]
    return read_profile(given)


def _without_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _TwiceError(shown(next(key for key in keys if keys.count(key) > 1)))
    return found


def _json_number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _told(faults: list[str]) -> str:
    more = len(faults) - _MOST_FAULTS
    rest = [f"... and {more} more."] if more > 0 else []
    return "\n".join([*faults[:_MOST_FAULTS], *rest])
