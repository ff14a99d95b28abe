"""How long links that prove an address hold."""

from datetime import timedelta

VERIFY_LIFE = timedelta(days=3)
RESET_LIFE = timedelta(hours=1)
CHANGE_LIFE = timedelta(days=1)
TAKE_BACK_LIFE = timedelta(days=7)
"""Somebody on holiday must find the notice in time; as long, nobody else can have the address."""
