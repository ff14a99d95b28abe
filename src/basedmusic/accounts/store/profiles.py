"""What venues and organisers tell about themselves, and where any profile is elsewhere."""

from datetime import datetime
from uuid import UUID

from basedmusic.accounts.contracts import Card, OrganiserType, Party, PartyKind, Places, ProfileRef
from basedmusic.kernel.ids import AccountId, PartyId
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Connection, Record

# Those whose role edits the profile; of one that nobody owns, the scene's moderators.
_SELECT = """
SELECT p.id, p.kind, p.name, p.slug, c.type, c.city,
       CASE WHEN p.text_hidden_at IS NULL OR own.account_id IS NOT NULL THEN c.about ELSE '' END AS about,
       CASE WHEN p.text_hidden_at IS NULL OR own.account_id IS NOT NULL THEN p.website END AS website,
       CASE WHEN p.text_hidden_at IS NULL OR own.account_id IS NOT NULL THEN p.links ELSE '{}' END AS links,
       c.created_at,
       p.stub_since IS NOT NULL AS claimable,
       EXISTS (SELECT FROM accounts.membership m
                WHERE m.account_id = $1
                  AND CASE WHEN m.party_kind = 'scene' THEN p.stub_since IS NOT NULL
                           ELSE m.party_id = p.id AND m.role IN ('owner', 'manager') END) AS can_edit,
       f.followed_at
  FROM accounts.card c
  JOIN accounts.party p ON p.id = c.party_id
  LEFT JOIN accounts.follow f ON f.party_id = p.id AND f.account_id = $1
  LEFT JOIN accounts.membership own ON own.party_id = p.id AND own.account_id = $1
"""
# A closed one is not there; who is blocked is not found; whom the viewer hid is not listed.
_OPEN = """ AND p.closed_at IS NULL
             AND p.id NOT IN (SELECT h.party_id FROM accounts.v_blocked h WHERE h.account_id = $1)"""
_SHOWN = """ AND p.closed_at IS NULL
              AND p.id NOT IN (SELECT h.party_id FROM accounts.v_hidden h WHERE h.account_id = $1)"""


async def insert_card(
    conn: Connection, party_id: PartyId, kind: PartyKind, type_: OrganiserType | None, city: str, about: str
) -> None:
    await conn.execute(
        "INSERT INTO accounts.card (party_id, kind, type, city, about) VALUES ($1, $2, $3, $4, $5)",
        party_id,
        kind.value,
        type_.value if type_ else None,
        city,
        about,
    )


async def update_card(
    conn: Connection, party_id: PartyId, type_: OrganiserType | None, city: str | None, about: str | None
) -> None:
    """None leaves it as it is."""
    await conn.execute(
        """UPDATE accounts.card SET type = coalesce($2, type), city = coalesce($3, city),
                  about = coalesce($4, about) WHERE party_id = $1""",
        party_id,
        type_.value if type_ else None,
        city,
        about,
    )


async def update_website(conn: Connection, party_id: PartyId, website: str | None) -> None:
    await conn.execute("UPDATE accounts.party SET website = $2 WHERE id = $1", party_id, website)


async def update_links(conn: Connection, party_id: PartyId, links: tuple[str, ...]) -> None:
    await conn.execute("UPDATE accounts.party SET links = $2 WHERE id = $1", party_id, list(links))


async def find_card(
    conn: Connection, viewer: AccountId | None, kind: PartyKind, key: UUID | str
) -> Card | None:
    """By id or by slug."""
    which = "p.id = $3" if isinstance(key, UUID) else "p.slug = $3"
    row = await conn.fetchrow(f"{_SELECT} WHERE p.kind = $2 AND {which}{_OPEN}", viewer, kind.value, key)
    return _card(row) if row else None


async def list_cards(
    conn: Connection, viewer: AccountId | None, kind: PartyKind, page: PageRequest
) -> list[Card]:
    """Newest first, one more than asked for. The key is (id)."""
    after = page.after[0] if page.after else None
    rows = await conn.fetch(
        _SELECT
        + """ WHERE c.kind = $2 AND ($3::uuid IS NULL OR c.party_id < $3)"""
        + _SHOWN
        + """ ORDER BY c.party_id DESC LIMIT $4""",
        viewer,
        kind.value,
        after,
        page.limit + 1,
    )
    return [_card(row) for row in rows]


async def find_profile(conn: Connection, viewer: AccountId | None, party_id: UUID) -> ProfileRef | None:
    row = await conn.fetchrow(
        f"""SELECT p.id, p.kind, p.name, p.slug, p.stub_since IS NOT NULL AS claimable,
                  CASE WHEN shown THEN p.website END AS website,
                  CASE WHEN shown THEN p.links ELSE '{{}}' END AS links
             FROM accounts.party p,
                  LATERAL (SELECT p.text_hidden_at IS NULL
                               OR EXISTS (SELECT FROM accounts.membership m
                                           WHERE m.party_id = p.id AND m.account_id = $1) AS shown) AS text
            WHERE p.id = $2 AND p.kind IN ('artist', 'venue', 'organiser'){_OPEN}""",  # noqa: S608 - no value stands in it
        viewer,
        party_id,
    )
    return ProfileRef(_party(row), _places(row), row["claimable"]) if row else None


async def mark_stub(conn: Connection, party_id: PartyId, since: datetime | None) -> None:
    """None: somebody owns it."""
    await conn.execute("UPDATE accounts.party SET stub_since = $2 WHERE id = $1", party_id, since)


async def is_stub(conn: Connection, party_id: PartyId) -> bool:
    found = await conn.fetchval(
        "SELECT true FROM accounts.party WHERE id = $1 AND stub_since IS NOT NULL AND closed_at IS NULL",
        party_id,
    )
    return found is not None


def _card(row: Record) -> Card:
    return Card(
        party=_party(row),
        type=OrganiserType(row["type"]) if row["type"] else None,
        city=row["city"],
        about=row["about"],
        places=_places(row),
        created_at=row["created_at"],
        claimable=row["claimable"],
        can_edit=row["can_edit"],
        followed_at=row["followed_at"],
    )


def _party(row: Record) -> Party:
    return Party(row["id"], PartyKind(row["kind"]), row["name"], row["slug"])


def _places(row: Record) -> Places:
    return Places(row["website"], tuple(row["links"]))
