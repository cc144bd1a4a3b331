"""Files that the bot uploads: an address first, then the bytes, then where they are shown."""

import mimetypes
import secrets
from dataclasses import dataclass

from bot.playground.shapes import Json, fresh_id

UPLOAD_LIMIT_BYTES = 20_000_000


@dataclass(slots=True)
class StoredFile:
    """One file. `content` is None until the bytes have arrived."""

    id: str
    key: str
    name: str
    length: int
    alt_text: str
    title: str = ""
    content: bytes | None = None
    shared: bool = False

    def as_dict(self, base_url: str, team: str, user: str) -> Json:
        """Draw the file as Slack does inside a message."""
        kind = mimetypes.guess_type(self.name)[0] or "application/octet-stream"
        address = f"{base_url}/files/{self.key}/{self.name}"
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title or self.name,
            "mimetype": kind,
            "filetype": self.name.rpartition(".")[2].lower() or "binary",
            "size": self.length,
            "alt_txt": self.alt_text,
            "user": user,
            "user_team": team,
            "mode": "hosted",
            "url_private": address,
            "url_private_download": address,
            "permalink": address,
        }


class FileStore:
    """Files by id, and by the key in their addresses."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}

    def reserve(self, name: str, length: int, alt_text: str) -> StoredFile:
        """Make room for a file of this length."""
        # The name ends up in an address and must not climb out of its folder.
        safe = name.replace("/", "_").replace("\\", "_") or "file"
        stored = StoredFile(fresh_id("F"), secrets.token_urlsafe(16), safe, length, alt_text)
        self._by_id[stored.id] = stored
        return stored

    def get(self, file_id: str) -> StoredFile | None:
        """Find a file by its id."""
        return self._by_id.get(file_id)

    def by_key(self, key: str) -> StoredFile | None:
        """Find a file by the key in its address."""
        return next((file for file in self._by_id.values() if file.key == key), None)

    def clear(self) -> None:
        """Forget all files."""
        self._by_id.clear()
