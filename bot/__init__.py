"""The committee's business: what it knows, decides and keeps. No chat platform is named here."""

from os import environ

# One question is too small a piece of work to be divided: on a busy machine the threads of the
# linear algebra wait for one another longer than they work. It is read when numpy is imported.
environ.setdefault("OPENBLAS_NUM_THREADS", "1")
