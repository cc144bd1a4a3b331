"""The log of everything that passed between bot and Slack, and waiting for what comes next."""

import asyncio
import json
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from bot.playground.clock import Clock
from bot.playground.shapes import Json

KEPT_RECORDS = 50_000


@dataclass(frozen=True, slots=True)
class Record:
    """One log line; `text` is its JSON, frozen at the moment of writing."""

    seq: int
    text: str

    def as_dict(self) -> Json:
        """Return the record's fields."""
        return cast(Json, json.loads(self.text))

    def contains(self, wanted: str) -> bool:
        """Tell whether the record's JSON contains the text, written with or without spaces."""
        if not wanted or wanted in self.text:
            return True
        if '":' not in wanted and '",' not in wanted:
            return False
        return wanted in json.dumps(self.as_dict(), ensure_ascii=False, separators=(",", ":"))


class Journal:
    """An append-only log with sequence numbers that never start again, not even at a reset."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._records: deque[Record] = deque(maxlen=KEPT_RECORDS)
        self._seq = 0
        self._written = asyncio.Event()

    @property
    def seq(self) -> int:
        """The number of the newest record, 0 before the first."""
        return self._seq

    def write(
        self,
        dir_: str,
        kind: str,
        name: str,
        *,
        user: str | None = None,
        status: int | None = None,
        ms: float | None = None,
        body: Json | None = None,
    ) -> None:
        """Append a record and wake whoever waits."""
        self._seq += 1
        at = datetime.fromtimestamp(self._clock.now(), UTC).isoformat(timespec="milliseconds")
        fields: Json = {
            "seq": self._seq,
            "at": at.replace("+00:00", "Z"),
            "dir": dir_,
            "kind": kind,
            "name": name,
            "user": user,
            "status": status,
            "ms": None if ms is None else round(ms, 1),
            "body": body or {},
        }
        text = json.dumps(fields, ensure_ascii=False, default=str)
        self._records.append(Record(self._seq, text))
        self._written.set()
        self._written = asyncio.Event()

    def records(self, after: int = 0) -> list[Record]:
        """Return the records after a sequence number, oldest first."""
        newer: list[Record] = []
        for record in reversed(self._records):
            if record.seq <= after:
                break
            newer.append(record)
        newer.reverse()
        return newer

    async def wait(self, after: int, match: str, timeout_s: float) -> Record | None:
        """Return the first record after `after` whose JSON contains `match`, None if none came."""
        deadline = asyncio.get_running_loop().time() + timeout_s
        seen = after
        while True:
            written = self._written
            for record in self.records(seen):
                if record.contains(match):
                    return record
                seen = record.seq
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                return None
            try:
                async with asyncio.timeout(left):
                    await written.wait()
            except TimeoutError:
                return None

    def clear(self) -> None:
        """Forget the records; the numbering goes on."""
        self._records.clear()
