"""Claims on profiles."""

from datetime import datetime
from uuid import UUID

from basedmusic.accounts.contracts import (
    Claim,
    ClaimProof,
    ClaimStatus,
    Party,
    PartyKind,
    Places,
    ProfileRef,
)
from basedmusic.accounts.rules.claims import mail_domain
from basedmusic.kernel.ids import AccountId, PartyId
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Connection, Record

_SELECT = """
SELECT c.id, c.account_id, a.name AS claimant, c.code, c.status, c.proof, c.words, c.answer, c.created_at,
       c.expires_at, c.asked_at, p.id AS party_id, p.kind, p.name, p.slug,
       CASE WHEN p.stub_since IS NOT NULL AND p.text_hidden_at IS NULL THEN p.website END AS website,
       CASE WHEN p.stub_since IS NOT NULL AND p.text_hidden_at IS NULL THEN p.links ELSE '{}' END AS links,
       p.stub_since IS NOT NULL AS claimable
  FROM accounts.claim c
  JOIN accounts.party p ON p.id = c.party_id
  JOIN accounts.party a ON a.id = c.account_id
"""
_UNDER_WAY = " AND c.status IN ('open', 'waiting')"


async def insert_claim(
    conn: Connection, party_id: PartyId, account_id: AccountId, code: str, now: datetime, expires_at: datetime
) -> UUID | None:
    """None when one of the account's for this profile is under way."""
    claim_id: UUID | None = await conn.fetchval(
        """INSERT INTO accounts.claim (party_id, account_id, code, created_at, expires_at)
           VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (party_id, account_id) WHERE status IN ('open', 'waiting') DO NOTHING
           RETURNING id""",
        party_id,
        account_id,
        code,
        now,
        expires_at,
    )
    return claim_id


async def has_as_many_claims(conn: Connection, account_id: AccountId, now: datetime, most: int) -> bool:
    found = await conn.fetchval(
        """SELECT EXISTS (SELECT FROM accounts.claim
                           WHERE account_id = $1 AND status IN ('open', 'waiting') AND expires_at > $2
                          OFFSET $3)""",
        account_id,
        now,
        most - 1,
    )
    return bool(found)


async def find_own_claim(
    conn: Connection, account_id: AccountId, claim_id: UUID, now: datetime
) -> Claim | None:
    """One that is over is not there; one that was decided is, as long as it is kept."""
    row = await conn.fetchrow(
        _SELECT
        + """ WHERE c.account_id = $1 AND c.id = $2
                AND (c.status NOT IN ('open', 'waiting') OR c.expires_at > $3)""",
        account_id,
        claim_id,
        now,
    )
    return _claim(row) if row else None


async def find_claim_under_way(
    conn: Connection, account_id: AccountId, party_id: UUID, now: datetime
) -> Claim | None:
    row = await conn.fetchrow(
        _SELECT + " WHERE c.account_id = $1 AND c.party_id = $2 AND c.expires_at > $3" + _UNDER_WAY,
        account_id,
        party_id,
        now,
    )
    return _claim(row) if row else None


async def list_own_claims(
    conn: Connection, account_id: AccountId, now: datetime, page: PageRequest
) -> list[Claim]:
    """Newest first, one more than asked for. The key is (id)."""
    after = page.after[0] if page.after else None
    rows = await conn.fetch(
        _SELECT
        + """ WHERE c.account_id = $1 AND ($3::uuid IS NULL OR c.id < $3)
                AND (c.status NOT IN ('open', 'waiting') OR c.expires_at > $2)
              ORDER BY c.id DESC LIMIT $4""",
        account_id,
        now,
        after,
        page.limit + 1,
    )
    return [_claim(row) for row in rows]


async def find_waiting_claim(conn: Connection, claim_id: UUID, now: datetime) -> Claim | None:
    """What a moderator decides about."""
    row = await conn.fetchrow(
        _SELECT + " WHERE c.id = $1 AND c.status = 'waiting' AND c.expires_at > $2", claim_id, now
    )
    return _claim(row) if row else None


async def list_waiting_claims(
    conn: Connection, moderator: AccountId, now: datetime, page: PageRequest
) -> list[tuple[Claim, datetime]]:
    """Not the moderator's own, nor on a profile of theirs; with when each was asked, the longest waiting first,
    one more than asked for. The key is (asked_at, id)."""
    after = page.after or (None, None)
    rows = await conn.fetch(
        _SELECT
        + """ WHERE c.status = 'waiting' AND c.expires_at > $1 AND c.account_id <> $2
                AND NOT EXISTS (SELECT FROM accounts.membership m
                                 WHERE m.party_id = c.party_id AND m.account_id = $2)
                AND ($3::timestamptz IS NULL OR (c.asked_at, c.id) > ($3, $4::uuid))
              ORDER BY c.asked_at, c.id LIMIT $5""",
        now,
        moderator,
        *after,
        page.limit + 1,
    )
    return [(_claim(row), row["asked_at"]) for row in rows]


async def ask_moderators(
    conn: Connection, claim_id: UUID, words: str, now: datetime, expires_at: datetime
) -> bool:
    """Whether it could be asked. A claim that waits keeps its place when its words change."""
    done = await conn.execute(
        """UPDATE accounts.claim SET words = $2, status = 'waiting', asked_at = coalesce(asked_at, $3),
                  expires_at = $4
            WHERE id = $1 AND status IN ('open', 'waiting')""",
        claim_id,
        words,
        now,
        expires_at,
    )
    return done == "UPDATE 1"


async def settle_claim(
    conn: Connection,
    claim_id: UUID,
    status: ClaimStatus,
    now: datetime,
    *,
    proof: ClaimProof | None = None,
    answer: str = "",
    by: AccountId | None = None,
) -> bool:
    """Whether it was under way: of two who settle it at once, one does."""
    done = await conn.execute(
        """UPDATE accounts.claim SET status = $2, proof = $3, answer = $4, decided_at = $5, decided_by = $6
            WHERE id = $1 AND status IN ('open', 'waiting')""",
        claim_id,
        status.value,
        proof.value if proof else None,
        answer,
        now,
        by,
    )
    return done == "UPDATE 1"


async def delete_claim(conn: Connection, account_id: AccountId, claim_id: UUID) -> bool:
    """Whether it was under way."""
    done = await conn.execute(
        "DELETE FROM accounts.claim WHERE account_id = $1 AND id = $2 AND status IN ('open', 'waiting')",
        account_id,
        claim_id,
    )
    return done == "DELETE 1"


async def delete_over(conn: Connection, party_id: UUID, account_id: AccountId, now: datetime) -> None:
    """One whose time is over makes room for the next."""
    await conn.execute(
        """DELETE FROM accounts.claim
            WHERE party_id = $1 AND account_id = $2 AND status IN ('open', 'waiting') AND expires_at <= $3""",
        party_id,
        account_id,
        now,
    )


async def delete_old_claims(conn: Connection, before: datetime) -> None:
    await conn.execute("DELETE FROM accounts.claim WHERE expires_at <= $1", before)


async def has_owner(conn: Connection, party_id: PartyId) -> bool:
    found = await conn.fetchval(
        "SELECT EXISTS (SELECT FROM accounts.membership WHERE party_id = $1 AND role = 'owner')", party_id
    )
    return bool(found)


async def delete_members(conn: Connection, party_id: PartyId) -> None:
    await conn.execute("DELETE FROM accounts.membership WHERE party_id = $1", party_id)


def _claim(row: Record) -> Claim:
    party = Party(PartyId(row["party_id"]), PartyKind(row["kind"]), row["name"], row["slug"])
    return Claim(
        id=row["id"],
        profile=ProfileRef(party, Places(row["website"], tuple(row["links"])), row["claimable"]),
        account_id=row["account_id"],
        claimant=row["claimant"],
        code=row["code"],
        mail_domain=mail_domain(row["website"]) if row["claimable"] else None,
        status=ClaimStatus(row["status"]),
        proof=ClaimProof(row["proof"]) if row["proof"] else None,
        words=row["words"],
        answer=row["answer"],
        created_at=row["created_at"],
        expires_at=row["expires_at"],
    )
