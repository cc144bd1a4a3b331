"""The local Slack as a program of its own, with as many members as there are runs.

`python -m bench.chaos.local_slack PEOPLE` prints its address and tokens as one line of JSON.
"""

import asyncio
import json
import signal
import sys
from pathlib import Path

from bot.content import shipped_path
from bot.playground.server import Playground


async def main(people: Path) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    # The rates would only slow hundreds of runs down; refusals of every call are ordered anyway.
    slack = Playground(manifest=shipped_path("app.manifest.yaml"), people=people, rates=False)
    await slack.start(port=0)
    try:
        told = {
            "url": slack.url,
            "SLACK_API_URL": slack.api_url,
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_APP_TOKEN": slack.app_token,
        }
        print(json.dumps(told), flush=True)
        await stop.wait()
    finally:
        await slack.stop()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
