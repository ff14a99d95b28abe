"""What an account is to a party, and to the scene."""

from dataclasses import dataclass

from basedmusic.accounts.contracts import Role
from basedmusic.kernel.ids import AccountId, PartyId
from basedmusic.platform.db import Connection


@dataclass(frozen=True, slots=True)
class Standing:
    """Of an account in a party: its role, and whether the party is in dispute, or closed."""

    role: Role
    frozen: bool
    closed: bool


async def find_standing(conn: Connection, party_id: PartyId, account_id: AccountId) -> Standing | None:
    """None for a stranger. The scene is no profile that anybody acts for."""
    row = await conn.fetchrow(
        """SELECT m.role, p.frozen_at IS NOT NULL AS frozen, p.closed_at IS NOT NULL AS closed
             FROM accounts.membership m JOIN accounts.party p ON p.id = m.party_id
            WHERE m.party_id = $1 AND m.account_id = $2 AND m.party_kind <> 'scene'""",
        party_id,
        account_id,
    )
    return Standing(Role(row["role"]), row["frozen"], row["closed"]) if row else None


async def find_scene_role(conn: Connection, account_id: AccountId) -> Role | None:
    role = await conn.fetchval(
        "SELECT role FROM accounts.membership WHERE account_id = $1 AND party_kind = 'scene'", account_id
    )
    return Role(role) if role else None


async def set_scene_role(conn: Connection, account_id: AccountId, role: Role | None) -> None:
    """None takes it away."""
    if role is None:
        await conn.execute(
            "DELETE FROM accounts.membership WHERE account_id = $1 AND party_kind = 'scene'", account_id
        )
        return
    await conn.execute(
        """INSERT INTO accounts.membership (party_id, account_id, role, party_kind)
           SELECT id, $1, $2, kind FROM accounts.party WHERE kind = 'scene'
           ON CONFLICT (party_id, account_id) DO UPDATE SET role = excluded.role""",
        account_id,
        role.value,
    )


async def is_frozen(conn: Connection, party_id: PartyId) -> bool:
    found = await conn.fetchval(
        "SELECT true FROM accounts.party WHERE id = $1 AND frozen_at IS NOT NULL", party_id
    )
    return found is not None
