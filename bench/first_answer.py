"""How long from `make demo` to the first answer. Prints seconds; run it twice for the second start.

Needs nothing but Python, so that it can measure a machine on which nothing is installed yet.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import Any

QUESTION = "how many education hours do I need before I apply?"
LONGEST_S = 600


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def call(url: str, body: dict[str, Any] | None = None) -> dict[str, Any] | None:
    data = json.dumps(body).encode() if body is not None else None
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            answer: dict[str, Any] = json.load(response)
            return answer
    except (urllib.error.URLError, OSError, ValueError):
        return None


def answered(base: str) -> bool:
    seen = call(f"{base}/_control/messages?channel=dm&user=ada") or {}
    return any("bot_id" in message for message in seen.get("messages", ()))


def first_answer(port: int) -> float:
    base = f"http://127.0.0.1:{port}"
    started = time.monotonic()
    asked = False
    while time.monotonic() - started < LONGEST_S:
        if not asked:
            state = call(f"{base}/_control/state") or {}
            if state.get("app", {}).get("connections"):
                body = {"user": "ada", "channel": "dm", "text": QUESTION}
                asked = call(f"{base}/_control/message", body) is not None
        elif answered(base):
            return time.monotonic() - started
        time.sleep(0.05)
    raise SystemExit("no answer came")


def main() -> None:
    port = free_port()
    command = ["make", "demo", f"DEMO_PORT={port}", "NO_BROWSER=1", *sys.argv[1:]]
    environment = {**os.environ, "PIP_NO_CACHE_DIR": "1"}
    # A group of its own, so that Ctrl-C reaches make and the bot alike and nobody else.
    demo = subprocess.Popen(
        command, start_new_session=True, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        print(f"first answer after {first_answer(port):.1f} s", flush=True)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(demo.pid, signal.SIGINT)
        demo.wait(timeout=30)
    if call(f"http://127.0.0.1:{port}/_control/state") is not None:
        raise SystemExit("Ctrl-C did not end the demo")
    print("Ctrl-C ended it")


if __name__ == "__main__":
    main()
