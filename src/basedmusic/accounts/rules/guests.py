"""How long a guest's links hold, and how much one guest may ask for."""

from datetime import timedelta

CONFIRM_LIFE = timedelta(days=2)
DATA_LINK_LIFE = timedelta(hours=1)
MAX_GUEST_FOLLOWS = 100
CONFIRMATIONS_OPEN = 3
"""Per address: whoever types in somebody else's can't fill their mailbox."""
