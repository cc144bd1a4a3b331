"""Settings: the only reader of the environment."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError

SLACK = "https://slack.com/api/"


ENV_FILE = ".env"
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def _trimmed(secret: SecretStr | None) -> SecretStr | None:
    # Copying brings spaces and line ends along; nothing but blanks is as good as nothing.
    text = secret.get_secret_value().strip() if secret else ""
    return SecretStr(text) if text else None


def _home(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise ValueError(f"there is no home folder for {path}.") from error


Secret = Annotated[SecretStr | None, AfterValidator(_trimmed)]


class Settings(BaseSettings):
    """What the environment (or `.env`) says. Secrets are never printed."""

    model_config = SettingsConfigDict(
        env_file=ENV_FILE, env_file_encoding="utf-8-sig", extra="ignore", env_ignore_empty=True
    )

    clm_home: Annotated[Path, AfterValidator(_home)] = Path("data")
    log_level: Annotated[str, AfterValidator(str.strip)] = "INFO"
    slack_bot_token: Secret = None
    slack_app_token: Secret = None
    slack_signing_secret: Secret = None
    slack_api_url: Annotated[str, AfterValidator(str.strip)] = SLACK

    @property
    def database(self) -> Path:
        """Where what happened is kept."""
        return self.clm_home / "clm.db"

    @property
    def cache(self) -> Path:
        """What can be made again at any time."""
        return self.clm_home / "cache"

    @property
    def last_good(self) -> Path:
        """The content files as they last were in order."""
        return self.clm_home / "last-good.zip"


def read_settings() -> Settings:
    """The settings of this environment; raises SettingsError with every fault in words."""
    try:
        return Settings()
    except ValidationError as error:
        faults = [
            f"{str(detail['loc'][0]).upper()}: {_why(detail.get('ctx', {}))}"
            for detail in error.errors()
        ]
        raise SettingsError(faults) from None
    except UnicodeDecodeError:
        raise SettingsError(
            [f"The file {ENV_FILE} is not plain UTF-8 text; save it anew with the encoding UTF-8."]
        ) from None
    except OSError as error:
        raise SettingsError([f"The file {ENV_FILE} cannot be read ({error.strerror})."]) from None


def _why(context: Mapping[str, object]) -> str:
    return str(context.get("error", "this cannot be used as it is."))


def require_slack(settings: Settings, *, http: bool, faults: Sequence[str] = ()) -> None:
    """Check what a connection to Slack needs.

    Raises SettingsError with every fault at once, those found before (`faults`) included.
    """
    faults = [
        *faults,
        *_token_faults("SLACK_BOT_TOKEN", settings.slack_bot_token, "xoxb-", "OAuth & Permissions"),
        *_url_faults(settings.slack_api_url),
        *_level_faults(settings.log_level),
    ]
    if http:
        if settings.slack_signing_secret is None:
            faults.append(
                "SLACK_SIGNING_SECRET is not set. HTTP mode needs it to know that a request comes "
                "from Slack (api.slack.com/apps, your app, Basic Information)."
            )
    else:
        where = "Basic Information, App-Level Tokens"
        faults += _token_faults("SLACK_APP_TOKEN", settings.slack_app_token, "xapp-", where)
    if faults:
        raise SettingsError(faults)


def _token_faults(name: str, token: SecretStr | None, prefix: str, where: str) -> list[str]:
    if token is None:
        return [f"{name} is not set. Find it at api.slack.com/apps, your app, {where}."]
    text = token.get_secret_value()
    if not text.startswith(prefix):
        return [f"{name} does not begin with {prefix}. Is it another kind of token?"]
    if not text.isascii() or not text.isprintable() or " " in text:
        return [f"{name} holds a character that no token has. Copy it anew."]
    return []


def _url_faults(url: str) -> list[str]:
    try:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and url.endswith("/"):
            return []
    except ValueError:
        pass  # no address at all; told like any other that cannot be one
    return [f"SLACK_API_URL is '{url}'; it must look like {SLACK} and end with a slash."]


def _level_faults(level: str) -> list[str]:
    if level.upper() in LEVELS:
        return []
    return [f"LOG_LEVEL is '{level}'; use {', '.join(LEVELS[:-1])} or {LEVELS[-1]}."]
