"""Use cases: one function, one transaction, called through `runtime.run`."""
