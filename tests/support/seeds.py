"""One row about a person in every table that an export reads: what a new table adds a line to.

Each statement may use `{account}`, `{artist}` (owned by the account), `{track}` (on that artist), `{mark}` (text
that nobody else has), `{address}` (theirs, in small letters) and `{secret}` (32 bytes of nobody else's).
"""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from tests.support.factories import make_artist, make_track, make_viewer

from basedmusic.platform.db import Database

SEEDS: dict[str, str] = {
    "accounts.invitation": """INSERT INTO accounts.invitation
            (party_id, role, token_hash, invited_by, created_at, expires_at)
        VALUES ({artist}, 'member', {secret}, {account}, now(), now() + interval '1 day')""",
    "accounts.invited": "INSERT INTO accounts.invited (account_id, at) VALUES ({account}, now())",
    "accounts.counted": "INSERT INTO accounts.counted (account_id, what, at) VALUES ({account}, 'uploads', now())",
    "accounts.audit_entry": """INSERT INTO accounts.audit_entry
            (seq, at, act, hand, actor_id, subject_kind, salt, payload, payload_hash, hash)
        SELECT coalesce(max(seq), 0) + 1, now(), 'act', 'account', {account}, 'scene', {secret}, {mark},
               {secret}, {secret}
          FROM accounts.audit_entry""",
    "accounts.card": """WITH venue AS (
            INSERT INTO accounts.party (kind, name, slug) VALUES ('venue', {mark}, {mark}) RETURNING id, kind
        ), owned AS (
            INSERT INTO accounts.membership (party_id, account_id, role, party_kind)
            SELECT id, {account}, 'owner', kind FROM venue
        )
        INSERT INTO accounts.card (party_id, kind, city, about)
        SELECT id, kind, 'Rust Harbour', {mark} FROM venue""",
    "accounts.api_key": """INSERT INTO accounts.api_key
            (account_id, kind, name, scopes, token_hash, created_at)
        VALUES ({account}, 'api_key', {mark}, ARRAY['read'], {secret}, now())""",
    "accounts.seen_device": """INSERT INTO accounts.seen_device (account_id, device, place, last_seen_at)
        VALUES ({account}, {mark}, 'Berlin', now())""",
    "accounts.claim": """INSERT INTO accounts.claim
            (party_id, account_id, code, words, created_at, expires_at)
        VALUES ({artist}, {account}, 'basedmusic-' || gen_random_uuid(), {mark}, now(),
                now() + interval '1 day')""",
    "accounts.mail_link": """INSERT INTO accounts.mail_link
            (purpose, token_hash, account_id, address, created_at, expires_at)
        VALUES ('verify_email', {secret}, {account}, {address}, now(), now() + interval '1 day')""",
    "accounts.guest": """WITH confirmed AS (
            UPDATE accounts.account SET email_verified_at = now() WHERE id = {account} RETURNING email_normalised)
        INSERT INTO accounts.guest (address, address_key, created_at)
        SELECT {address}, email_normalised, now() FROM confirmed""",
    "accounts.guest_follow": """INSERT INTO accounts.guest_follow (party_id, guest_id, since)
        SELECT {artist}, id, now() FROM accounts.guest WHERE address = {address}""",
    "accounts.block": "INSERT INTO accounts.block (account_id, party_id) VALUES ({account}, {artist})",
    "accounts.mute": "INSERT INTO accounts.mute (account_id, party_id) VALUES ({account}, {artist})",
    "accounts.hide": """INSERT INTO accounts.hide (account_id, kind, subject_id)
        VALUES ({account}, 'track', {track})""",
    "accounts.moderation_case": """INSERT INTO accounts.moderation_case
            (subject_kind, subject_id, title, party_id, state, opened_at, decision, rule, facts, decided_at)
        VALUES ('person', {account}, {mark}, {account}, 'decided', now(), 'warn', 'spam', {mark}, now())""",
    "accounts.report": """INSERT INTO accounts.report
            (case_id, reference, reporter_id, reason, words, evidence, created_at)
        SELECT id, upper(translate(substr({account}::text, 29, 4), '01', 'XY')) || '-'
                   || upper(translate(substr({account}::text, 33, 4), '01', 'XY')),
               {account}, 'spam', {mark}, '{{}}', now()
          FROM accounts.moderation_case WHERE party_id = {account}""",
    "accounts.case_act": """INSERT INTO accounts.case_act (case_id, at, actor_id, act, words)
        SELECT id, now(), {account}, 'appealed', {mark}
          FROM accounts.moderation_case WHERE party_id = {account}""",
    "accounts.preference": "INSERT INTO accounts.preference (account_id) VALUES ({account})",
    "accounts.taste_genre": "INSERT INTO accounts.taste_genre (account_id, genre) VALUES ({account}, 'dub')",
    "accounts.taste_track": """INSERT INTO accounts.taste_track (account_id, track_id, kept)
        VALUES ({account}, {track}, true)""",
    "accounts.heard": """INSERT INTO accounts.heard (account_id, play_id, track_id, heard_at)
        VALUES ({account}, gen_random_uuid(), {track}, now())""",
    "accounts.heard_gap": """INSERT INTO accounts.heard_gap (account_id, id, kind, heard, made_at)
        VALUES ({account}, gen_random_uuid(), 'paused', 'empty', now())""",
    "accounts.export": """INSERT INTO accounts.export (account_id, asked_at, expires_at)
        VALUES ({account}, now(), now() + interval '1 day')""",
    "accounts.erasure": """INSERT INTO accounts.erasure (account_id, asked_at, due_at)
        VALUES ({account}, now(), now() + interval '1 day')""",
    "accounts.follow": "INSERT INTO accounts.follow (account_id, party_id) VALUES ({account}, {artist})",
    "accounts.saved": """INSERT INTO accounts.saved (account_id, kind, subject_id)
        VALUES ({account}, 'track', {track})""",
    "accounts.session": """INSERT INTO accounts.session
            (account_id, kind, token_hash, created_at, last_seen_at, expires_at, device)
        VALUES ({account}, 'cookie', {secret}, now(), now(), now() + interval '1 day', {mark})""",
    "catalog.release": """INSERT INTO catalog.release (artist_id, title, kind) VALUES ({artist}, {mark}, 'ep')""",
    "catalog.track_genre": "INSERT INTO catalog.track_genre (track_id, genre) VALUES ({track}, 'dub')",
    "platform.mail": """INSERT INTO platform.mail (kind, recipient, recipient_key, subject, body, html)
        VALUES ('note', {address}, {address}, {mark}, {mark}, {mark})""",
    "platform.returned_mail": """INSERT INTO platform.returned_mail (recipient_hash, code, returned_at)
        VALUES (sha256({address}), '5.1.1', now())""",
    "shows.room": """WITH venue AS (
            INSERT INTO accounts.party (kind, name, slug)
            VALUES ('venue', {mark}, 'room-' || {mark}) RETURNING id, kind
        ), owned AS (
            INSERT INTO accounts.membership (party_id, account_id, role, party_kind)
            SELECT id, {account}, 'owner', kind FROM venue
        )
        INSERT INTO shows.room (venue_id, name) SELECT id, {mark} FROM venue""",
    "shows.show": """INSERT INTO shows.show (owner_id, venue_answer, place_name, title, zone, starts_wall,
               starts_fold, starts_at, over_at, evening, tz_version, state, published_at)
        VALUES ({artist}, 'none', {mark}, {mark}, 'UTC', '2199-12-05 20:00', 0, '2199-12-05 20:00+00',
                '2199-12-06 02:00+00', '2199-12-05', '2026a', 'published', now())""",
    "shows.act": """INSERT INTO shows.act (show_id, artist_id, place, answer)
        SELECT id, {artist}, 1, 'confirmed' FROM shows.show WHERE title = {mark}""",
    "shows.billing": """INSERT INTO shows.billing (party_id, starts_at, show_id)
        SELECT {artist}, starts_at, id FROM shows.show WHERE title = {mark}""",
    "shows.change": """INSERT INTO shows.change (show_id, version, at, by_id, act, words)
        SELECT id, 1, now(), {account}, 'published', {mark} FROM shows.show WHERE title = {mark}""",
    "shows.pool": """INSERT INTO shows.pool (show_id, size, place)
        SELECT id, 1, 0 FROM shows.show WHERE title = {mark}""",
    "shows.rsvp": """INSERT INTO shows.rsvp (show_id, account_id, state, said_at)
        SELECT id, {account}, 'going', now() FROM shows.show WHERE title = {mark}""",
    "shows.slot": """INSERT INTO shows.slot (pool_id, n, rsvp_id, free_at)
        SELECT p.id, 1, r.id, 'infinity' FROM shows.pool p JOIN shows.rsvp r ON r.show_id = p.show_id
         WHERE r.account_id = {account}""",
    "ingest.upload": """INSERT INTO ingest.upload (track_id, account_id, filename)
        VALUES ({track}, {account}, {mark})""",
}
"""In the order they are run. What `make_somebody` makes anyway is not here."""

MADE_ANYWAY = {
    "accounts.party",
    "accounts.account",
    "accounts.membership",
    "catalog.artist",
    "catalog.artist_genre",
    "catalog.track",
}


@dataclass(frozen=True, slots=True)
class Somebody:
    account: UUID
    artist: UUID
    track: UUID
    address: str
    mark: str = field(default_factory=lambda: f"mark-{uuid4().hex}")

    def signs(self) -> tuple[str, ...]:
        """Texts that tell a row of theirs from anybody else's."""
        return str(self.account), str(self.artist), str(self.track), self.address, self.mark


async def make_somebody(database: Database) -> Somebody:
    """A person with an artist, a track on it, and a row of theirs in every table of SEEDS."""
    async with database.transaction() as tx:
        viewer = await make_viewer(tx, name=f"Somebody {uuid4().hex}")
        artist = await make_artist(tx, viewer, name=f"Band {uuid4().hex[:12]}")
        track = await make_track(tx, viewer, artist)
        address = await tx.conn.fetchval(
            "SELECT email FROM accounts.account WHERE id = $1", viewer.account_id
        )
        somebody = Somebody(viewer.account_id, artist.id, track.id, str(address))
        for statement in SEEDS.values():
            await tx.conn.execute(
                statement.format(
                    account=f"'{somebody.account}'",
                    artist=f"'{somebody.artist}'",
                    track=f"'{somebody.track}'",
                    mark=f"'{somebody.mark}'",
                    address=f"'{somebody.address}'",
                    secret=f"decode('{uuid4().hex}{uuid4().hex}', 'hex')",
                )
            )
    return somebody
