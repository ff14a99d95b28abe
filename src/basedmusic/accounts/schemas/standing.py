"""What an account may do for now, on the wire."""

from datetime import datetime

from pydantic import BaseModel

from basedmusic.accounts.rules.standing import Limited, Room, Standing


class AllowanceOut(BaseModel):
    what: Limited
    standing: Standing
    """How far the account is trusted; more goes the longer it is here."""
    most: int
    """Within `per_s` seconds."""
    per_s: int
    left: int
    opens_at: datetime | None
    """When one more goes; null while one goes now."""

    @classmethod
    def of(cls, room: Room) -> "AllowanceOut":
        return cls(
            what=room.what,
            standing=room.standing,
            most=room.allowance.most,
            per_s=int(room.allowance.per.total_seconds()),
            left=room.left,
            opens_at=room.opens_at,
        )
