"""How large a profile's team may be, and how long an invitation holds."""

from datetime import timedelta

INVITATION_LIFE = timedelta(days=7)
MAX_INVITATIONS = 50
"""Open at once, per profile."""
MAX_MEMBERS = 500
"""Per profile; a festival's door crew is the largest anybody has."""
