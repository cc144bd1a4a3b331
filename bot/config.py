"""Settings: the only reader of the environment."""

from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError

SLACK = "https://slack.com/api/"


class Settings(BaseSettings):
    """What the environment (or `.env`) says. Secrets are never printed."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    clm_home: Path = Path("data")
    log_level: str = "INFO"
    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str = SLACK

    @property
    def database(self) -> Path:
        """Where what happened is kept."""
        return self.clm_home / "clm.db"

    @property
    def cache(self) -> Path:
        """What can be made again at any time."""
        return self.clm_home / "cache"


def read_settings() -> Settings:
    """The settings of this environment; raises SettingsError with every fault in words."""
    try:
        return Settings()
    except ValidationError as error:
        faults = [
            f"{'_'.join(str(part) for part in detail['loc']).upper()}: {detail['msg'].lower()}."
            for detail in error.errors()
        ]
        raise SettingsError(faults) from None


def require_slack(settings: Settings, *, http: bool) -> None:
    """Check what a connection to Slack needs; raises SettingsError with every fault at once."""
    faults = [
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
        faults += _token_faults(
            "SLACK_APP_TOKEN", settings.slack_app_token, "xapp-", "Basic Information, App-Level"
        )
    if faults:
        raise SettingsError(faults)


def _token_faults(name: str, token: SecretStr | None, prefix: str, where: str) -> list[str]:
    if token is None:
        return [f"{name} is not set. Find it at api.slack.com/apps, your app, {where}."]
    if not token.get_secret_value().startswith(prefix):
        return [f"{name} does not begin with {prefix}. Is it another kind of token?"]
    return []


def _url_faults(url: str) -> list[str]:
    parts = urlsplit(url)
    if parts.scheme in ("http", "https") and parts.netloc and url.endswith("/"):
        return []
    return [f"SLACK_API_URL is '{url}'; it must look like {SLACK} and end with a slash."]


def _level_faults(level: str) -> list[str]:
    if level.upper() in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        return []
    return [f"LOG_LEVEL is '{level}'; use DEBUG, INFO, WARNING or ERROR."]
