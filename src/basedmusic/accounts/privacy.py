"""What export and erasure do with each of this slice's tables."""

from basedmusic.kernel.privacy import TablePolicy

TABLES = (
    TablePolicy(
        "accounts.party",
        export="the person's own party (name, address part, since when), and the profiles they act for",
        erase="the person's own row is deleted; a band's or room's stays for those who share it",
    ),
    TablePolicy(
        "accounts.account",
        export="email address, since when, when it was confirmed, a suspension; never the password's hash",
        erase="deleted with the person's party",
    ),
    TablePolicy(
        "accounts.audit_entry",
        export="what moderators and admins did about the person: what, when, and with what words",
        erase="words and details about the person are deleted; that something was done, when and by whom stays, "
        "as ids that name nobody any more, so that the log can still be checked",
    ),
    TablePolicy("accounts.audit_head", export=None, erase="stays: a number and a hash"),
    TablePolicy(
        "accounts.membership",
        export="which profiles the person acts for, as what, and since when",
        erase="deleted; a profile's last owner hands it on or deletes it first",
    ),
    TablePolicy(
        "accounts.card",
        export="city, words about themselves and since when, of the venues and organisers the person owns",
        erase="stays with the profile, which belongs to its members together",
    ),
    TablePolicy(
        "accounts.invitation",
        export="which invitations the person has open, into what, as what and until when; never a link",
        erase="deleted with the membership of whoever made it; it names nobody else",
    ),
    TablePolicy(
        "accounts.mail_link",
        export="which links sent by mail are open, what for and until when; never a link",
        erase="deleted with the account or, of a guest, with the address",
    ),
    TablePolicy(
        "accounts.follow",
        export="whom the person follows, and since when",
        erase="deleted, and with a party's end everybody's following of it",
    ),
    TablePolicy(
        "accounts.saved",
        export="which tracks and releases the person saved, and when",
        erase="deleted; a track that goes for good is taken out of everybody's",
    ),
    TablePolicy(
        "accounts.block",
        export="whom the person blocked, and since when; never who blocked the person",
        erase="deleted, and with a party's end everybody's block of it",
    ),
    TablePolicy(
        "accounts.mute",
        export="whom the person muted, and since when",
        erase="deleted, and with a party's end everybody's muting of it",
    ),
    TablePolicy(
        "accounts.hide",
        export="what the person took out of their own lists, and when",
        erase="deleted; what goes for good is taken off everybody's list",
    ),
    TablePolicy(
        "accounts.preference",
        export="what the person chose about themselves: whether they can be followed, since when history is paused",
        erase="deleted with the account",
    ),
    TablePolicy(
        "accounts.heard",
        export="what the person heard and when; not what they deleted",
        erase="deleted; a track that goes for good is taken out of everybody's",
    ),
    TablePolicy(
        "accounts.heard_gap",
        export="when the person paused or deleted history, until it is forgotten after a month",
        erase="deleted with the account",
    ),
    TablePolicy(
        "accounts.session",
        export="when each session began, was last seen and ends, and with what browser; never a token's hash",
        erase="deleted at once: the person is signed out everywhere",
    ),
    TablePolicy(
        "accounts.refresh_token",
        export=None,
        erase="deleted with its session; it holds a random token's hash and times",
    ),
)
