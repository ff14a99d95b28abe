"""How long somebody who asked to be erased may change their mind."""

from datetime import timedelta

ERASURE_DELAY = timedelta(days=14)
"""Longer than anything that names a person and expires by itself, so that all of it is over by then: answers
kept for retries (a day), links and unsent mail (seven days), the log of jobs (seven days)."""
