"""What export and erasure do with each of this slice's tables."""

from basedmusic.kernel.privacy import Erasure, TablePolicy

TABLES = (
    TablePolicy(
        "accounts.party",
        export="your own name and address part, and those of the profiles you act for",
        erase="your own row is deleted; a band's or room's stays for those who share it",
        how=Erasure.FORGOTTEN,
        rows="""SELECT id, kind, name, slug, created_at, frozen_at, website, links, stub_since,
                       text_hidden_at, closed_at, gone_at
                  FROM accounts.party
                 WHERE id = $1 OR id IN (SELECT party_id FROM accounts.membership
                                          WHERE account_id = $1 AND party_kind <> 'scene')""",
        forget="DELETE FROM accounts.party WHERE id = $1 AND kind = 'person'",
    ),
    TablePolicy(
        "accounts.account",
        export="your email address, when it was confirmed, since when you are here, and, of somebody under 18, the"
        " month in which they come of age; never the password's hash",
        erase="deleted with your party",
        how=Erasure.CASCADED,
        rows="""SELECT id, kind, email, email_normalised, created_at, email_verified_at, suspended_at,
                       suspended_until, suspension_reason, suspended_by_case, adult_from
                  FROM accounts.account WHERE id = $1""",
        withheld=("password_hash",),
    ),
    TablePolicy(
        "accounts.membership",
        export="which profiles you act for, as what, and since when",
        erase="deleted; a profile you alone own goes to whoever is in it longest, or waits for a claim",
        how=Erasure.CASCADED,
        rows="""SELECT party_id, account_id, role, party_kind, created_at FROM accounts.membership
                 WHERE account_id = $1""",
    ),
    TablePolicy(
        "accounts.card",
        export="city, words about themselves and since when, of the venues and organisers you own",
        erase="stays with the profile, which belongs to its members together",
        how=Erasure.KEPT,
        rows="""SELECT c.party_id, c.kind, c.type, c.city, c.about, c.created_at
                  FROM accounts.card c
                  JOIN accounts.membership m ON m.party_id = c.party_id AND m.role = 'owner'
                 WHERE m.account_id = $1""",
    ),
    TablePolicy(
        "accounts.audit_entry",
        export="what you did as a moderator or an admin, and what was done about you, with what words; not by whom",
        erase="words and details by you or about you are deleted; that something was done, when and by whom stays,"
        " as ids that name nobody any more, so that the log can still be checked",
        how=Erasure.FORGOTTEN,
        rows="""SELECT seq, at, act, hand, CASE WHEN actor_id = $1 THEN actor_id END AS actor_id,
                       subject_kind, subject_id, payload
                  FROM accounts.audit_entry WHERE actor_id = $1 OR subject_id = $1::uuid::text""",
        withheld=("salt", "payload_hash", "hash"),
        forget="""UPDATE accounts.audit_entry SET payload = NULL, salt = NULL
                   WHERE payload IS NOT NULL AND (actor_id = $1 OR subject_id = $1::uuid::text)""",
    ),
    TablePolicy(
        "accounts.audit_head",
        export="nothing: a number and a hash",
        erase="stays: a number and a hash",
        how=Erasure.KEPT,
    ),
    TablePolicy(
        "accounts.api_key",
        export="which keys your programs have, with name, scopes and times; never a key",
        erase="deleted with your account: the programs are refused from then on",
        how=Erasure.CASCADED,
        rows="""SELECT id, account_id, kind, name, scopes, created_at, expires_at, last_used_at
                  FROM accounts.api_key WHERE account_id = $1""",
        withheld=("token_hash",),
    ),
    TablePolicy(
        "accounts.mail_link",
        export="which links sent to you by mail are open, what for and until when; never a link",
        erase="deleted with your account; a guest's when it is used or over, a report's within seven months;"
        " one without an account erases them sooner by a link",
        how=Erasure.CASCADED,
        rows="""SELECT id, purpose, account_id, address, subject_id, created_at, expires_at
                  FROM accounts.mail_link WHERE account_id = $1""",
        withheld=("token_hash",),
    ),
    TablePolicy(
        "accounts.invitation",
        export="which invitations you have open, into what, as what, sent where and until when; never a link",
        erase="deleted with the membership of whoever made it, the address it went to along with it",
        how=Erasure.CASCADED,
        rows="""SELECT id, party_id, role, invited_by, address, created_at, expires_at
                  FROM accounts.invitation WHERE invited_by = $1""",
        withheld=("token_hash",),
    ),
    TablePolicy(
        "accounts.invited",
        export="when you invited somebody, for the day that it counts",
        erase="deleted with your account",
        how=Erasure.CASCADED,
        rows="SELECT id, account_id, at FROM accounts.invited WHERE account_id = $1",
    ),
    TablePolicy(
        "accounts.counted",
        export="when you uploaded, claimed a page and began to follow somebody, for the day that it counts",
        erase="deleted with your account",
        how=Erasure.CASCADED,
        rows="SELECT id, account_id, what, at FROM accounts.counted WHERE account_id = $1",
    ),
    TablePolicy(
        "accounts.export",
        export="when you asked for your data, and what became of it",
        erase="deleted, and its archive before it; both are after seven days anyway",
        how=Erasure.CASCADED,
        rows="""SELECT id, account_id, status, attempts, parts, parts_done, bytes, asked_at, expires_at
                  FROM accounts.export WHERE account_id = $1""",
    ),
    TablePolicy(
        "accounts.erasure",
        export="when you asked to be erased, and when that is done",
        erase="deleted with you",
        how=Erasure.CASCADED,
        rows="SELECT account_id, asked_at, due_at FROM accounts.erasure WHERE account_id = $1",
    ),
    TablePolicy(
        "accounts.claim",
        export="which profiles you claim, in what words, since when, and what became of it",
        erase="deleted; 90 days after its end in any case",
        how=Erasure.CASCADED,
        rows="""SELECT id, party_id, account_id, code, status, proof, words, answer, created_at, expires_at,
                       asked_at, decided_at
                  FROM accounts.claim WHERE account_id = $1""",
        withheld=("decided_by",),
    ),
    TablePolicy(
        "accounts.follow",
        export="whom you follow, and since when",
        erase="deleted, and with a party's end everybody's following of it",
        how=Erasure.CASCADED,
        rows="SELECT account_id, party_id, party_kind, followed_at FROM accounts.follow WHERE account_id = $1",
    ),
    TablePolicy(
        "accounts.guest",
        export="your confirmed address, where you gave it to hear of artists by mail",
        erase="deleted; a guest without an account does it by a link, and one who ends the last mail is forgotten",
        how=Erasure.FORGOTTEN,
        rows="""SELECT g.id, g.address, g.created_at FROM accounts.guest g
                  JOIN accounts.account a ON a.email_normalised = g.address_key
                 WHERE a.id = $1 AND a.email_verified_at IS NOT NULL""",
        withheld=("address_key",),
        forget="""DELETE FROM accounts.guest g USING accounts.account a
                   WHERE a.id = $1 AND a.email_verified_at IS NOT NULL AND a.email_normalised = g.address_key""",
    ),
    TablePolicy(
        "accounts.guest_follow",
        export="which artists you hear of by mail at that address, and since when",
        erase="deleted with the address",
        how=Erasure.FORGOTTEN,
        rows="""SELECT f.party_id, f.guest_id, f.since FROM accounts.guest_follow f
                  JOIN accounts.guest g ON g.id = f.guest_id
                  JOIN accounts.account a ON a.email_normalised = g.address_key
                 WHERE a.id = $1 AND a.email_verified_at IS NOT NULL""",
        forget="""DELETE FROM accounts.guest_follow f USING accounts.guest g, accounts.account a
                   WHERE f.guest_id = g.id AND a.id = $1 AND a.email_verified_at IS NOT NULL
                     AND a.email_normalised = g.address_key""",
    ),
    TablePolicy(
        "accounts.silenced_address",
        export="nothing: hashes, by a key of this scene, of addresses that want no mail",
        erase="stays, so that an address which wants no mail gets none; it names nobody without the scene's key",
        how=Erasure.KEPT,
    ),
    TablePolicy(
        "accounts.block",
        export="whom you blocked, and since when; never who blocked you",
        erase="deleted, and with a party's end everybody's block of it",
        how=Erasure.CASCADED,
        rows="SELECT account_id, party_id, blocked_at FROM accounts.block WHERE account_id = $1",
    ),
    TablePolicy(
        "accounts.mute",
        export="whom you muted, and since when",
        erase="deleted, and with a party's end everybody's muting of it",
        how=Erasure.CASCADED,
        rows="SELECT account_id, party_id, muted_at FROM accounts.mute WHERE account_id = $1",
    ),
    TablePolicy(
        "accounts.hide",
        export="what you took out of your own lists, and when",
        erase="deleted; what goes for good is taken off everybody's list",
        how=Erasure.CASCADED,
        rows="SELECT account_id, kind, subject_id, hidden_at FROM accounts.hide WHERE account_id = $1",
    ),
    TablePolicy(
        "accounts.moderation_case",
        export="what moderators decided about you or a profile that you run, and your appeals",
        erase="stays half a year after the decision, as the evidence that the law asks for; your name goes",
        how=Erasure.FORGOTTEN,
        rows="""SELECT id, subject_kind, subject_id, title, party_id, state, opened_at, decision, rule, facts,
                       decided_at, appealed_at, appeal, first_decision, first_decided_at
                  FROM accounts.moderation_case
                 WHERE party_id IN (SELECT party_id FROM accounts.v_behind WHERE account_id = $1)
                   AND decided_at IS NOT NULL AND decision <> 'no_action'""",
        forget="""UPDATE accounts.moderation_case
                     SET claimed_by = nullif(claimed_by, $1), decided_by = nullif(decided_by, $1),
                         first_decided_by = nullif(first_decided_by, $1),
                         suspended_id = nullif(suspended_id, $1),
                         title = CASE WHEN party_id = $1 THEN subject_kind ELSE title END,
                         state = CASE WHEN claimed_by = $1 AND state = 'claimed' THEN 'open' ELSE state END
                   WHERE $1 IN (claimed_by, decided_by, first_decided_by, suspended_id, party_id)""",
        withheld=("claimed_by", "decided_by", "first_decided_by", "suspended_id"),
    ),
    TablePolicy(
        "accounts.report",
        export="what you reported, when and in which words; never what others reported",
        erase="who sent it is forgotten, also an address that a guest left and erases by a link; the report stays"
        " half a year after the decision, as evidence",
        how=Erasure.FORGOTTEN,
        rows="""SELECT id, case_id, reference, reporter_id, contact, reason, words, created_at
                  FROM accounts.report WHERE reporter_id = $1""",
        withheld=("evidence",),
        forget="""UPDATE accounts.report r
                     SET reporter_id = nullif(reporter_id, $1),
                         contact = CASE WHEN reporter_id = $1 THEN NULL ELSE contact END,
                         evidence = CASE WHEN c.party_id = $1 THEN evidence - 'name' - 'slug' ELSE evidence END
                    FROM accounts.moderation_case c
                   WHERE c.id = r.case_id AND (r.reporter_id = $1 OR c.party_id = $1)""",
    ),
    TablePolicy(
        "accounts.case_act",
        export="what you did as a moderator, and your appeals",
        erase="who did it is forgotten with the account; the act stays with its case",
        how=Erasure.FORGOTTEN,
        rows="SELECT id, case_id, at, actor_id, act, words FROM accounts.case_act WHERE actor_id = $1",
        # The words of an appeal stand with the case too.
        forget="""WITH theirs AS (UPDATE accounts.case_act SET actor_id = NULL, words = '' WHERE actor_id = $1
                                 RETURNING case_id, act)
                  UPDATE accounts.moderation_case SET appeal = ''
                   WHERE id IN (SELECT case_id FROM theirs WHERE act = 'appealed')""",
    ),
    TablePolicy(
        "accounts.saved",
        export="which tracks and releases you saved, and when",
        erase="deleted; a track that goes for good is taken out of everybody's",
        how=Erasure.CASCADED,
        rows="SELECT account_id, kind, subject_id, saved_at FROM accounts.saved WHERE account_id = $1",
    ),
    TablePolicy(
        "accounts.preference",
        export="reach, nights, place, whether you can be followed, since when history is paused",
        erase="deleted with your account",
        how=Erasure.CASCADED,
        rows="""SELECT account_id, history_paused_at, followable, welcomed_at, reach, nights, place_id, place_name,
                       place_region, place_country, place_zone, place_latitude::float8 AS place_latitude,
                       place_longitude::float8 AS place_longitude
                  FROM accounts.preference WHERE account_id = $1""",
    ),
    TablePolicy(
        "accounts.taste_genre",
        export="the genres you chose",
        erase="deleted with your account",
        how=Erasure.CASCADED,
        rows="SELECT account_id, genre FROM accounts.taste_genre WHERE account_id = $1",
    ),
    TablePolicy(
        "accounts.taste_track",
        export="which tracks you kept or passed, and when",
        erase="deleted with your account; a track that goes for good is taken out of everybody's",
        how=Erasure.CASCADED,
        rows="SELECT account_id, track_id, kept, judged_at FROM accounts.taste_track WHERE account_id = $1",
    ),
    TablePolicy(
        "accounts.heard",
        export="what you heard and when; not what you deleted",
        erase="deleted; a track that goes for good is taken out of everybody's",
        how=Erasure.CASCADED,
        rows="""SELECT account_id, play_id, track_id, heard_at FROM accounts.heard
                 WHERE account_id = $1 AND gap_id IS NULL""",
        withheld=("gap_id",),
    ),
    TablePolicy(
        "accounts.heard_gap",
        export="when you paused or deleted history, until it is forgotten after a month",
        erase="deleted with your account",
        how=Erasure.CASCADED,
        rows="""SELECT account_id, id, kind, heard::text AS heard, made_at, wiped FROM accounts.heard_gap
                 WHERE account_id = $1""",
    ),
    TablePolicy(
        "accounts.session",
        export="when each sign-in began, was last seen and ends, with what and from where; never a token's hash",
        erase="deleted at once: you are signed out everywhere",
        how=Erasure.CASCADED,
        rows="""SELECT id, account_id, kind, created_at, last_seen_at, expires_at, device, place, network
                  FROM accounts.session
                 WHERE account_id = $1""",
        withheld=("token_hash",),
    ),
    TablePolicy(
        "accounts.seen_device",
        export="with what browsers and in what time zones you have signed in, within a year",
        erase="deleted with your account, and each a year after it was last used",
        how=Erasure.CASCADED,
        rows="""SELECT account_id, device, place, last_seen_at FROM accounts.seen_device
                 WHERE account_id = $1""",
    ),
    TablePolicy(
        "accounts.refresh_token",
        export="nothing: it holds hashes of random tokens, and times that the sign-ins show already",
        erase="deleted with its sign-in",
        how=Erasure.CASCADED,
    ),
)
