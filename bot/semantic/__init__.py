"""The semantic level, optional: a sentence embedding whose weights are fetched once, on request.

Nothing here reaches for the network except `fetch`, and that only when it is called.
"""
