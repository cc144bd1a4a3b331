"""`python -m bot.cli` is `clm`."""

from bot.cli import main

main()
