"""What export and erasure do with each of this slice's tables.

A show is its artist's, venue's or organiser's, never one person's; what a person said of it is theirs.
"""

from basedmusic.kernel.privacy import Erasure, TablePolicy

_OF_OWNED = " JOIN accounts.v_membership m ON m.account_id = $1 AND m.role = 'owner' AND m.party_id = "
_STAYS = "stays with the profile that it belongs to"

TABLES = (
    TablePolicy(
        "shows.room",
        export="the rooms of the venues you own",
        erase=_STAYS,
        how=Erasure.KEPT,
        rows="SELECT r.* FROM shows.room r" + _OF_OWNED + "r.venue_id",
    ),
    TablePolicy(
        "shows.show",
        export="the shows of the profiles you own",
        erase="stays: others planned with it; an owner may cancel it first",
        how=Erasure.KEPT,
        rows="SELECT s.* FROM shows.show s" + _OF_OWNED + "s.owner_id",
    ),
    TablePolicy(
        "shows.act",
        export="the line-ups of those shows, and where your artists are named",
        erase="stays with the show",
        how=Erasure.KEPT,
        rows="""SELECT a.* FROM shows.act a JOIN shows.show s ON s.id = a.show_id
                 WHERE EXISTS (SELECT FROM accounts.v_membership m
                                WHERE m.account_id = $1 AND m.role = 'owner'
                                  AND m.party_id IN (s.owner_id, a.artist_id))""",
    ),
    TablePolicy(
        "shows.billing",
        export="on which of your profiles' pages a show is",
        erase="stays with the show",
        how=Erasure.KEPT,
        rows="SELECT b.* FROM shows.billing b" + _OF_OWNED + "b.party_id",
    ),
    TablePolicy(
        "shows.change",
        export="what you published, moved, put off or called off, and your words for it",
        erase="your name is taken off; what became of the show stays to be read",
        how=Erasure.FORGOTTEN,
        rows="SELECT c.* FROM shows.change c WHERE c.by_id = $1",
        forget="UPDATE shows.change SET by_id = NULL WHERE by_id = $1",
    ),
    TablePolicy(
        "shows.pool",
        export="how many places the shows of your profiles have, and of which kinds",
        erase="stays with the show",
        how=Erasure.KEPT,
        rows="SELECT p.*, s.title FROM shows.pool p JOIN shows.show s ON s.id = p.show_id"
        + _OF_OWNED
        + "s.owner_id",
    ),
    TablePolicy(
        "shows.rsvp",
        export="which shows you go to, wait for, are interested in or not, and with how many",
        erase="deleted; your places go to others",
        how=Erasure.CASCADED,
        rows="SELECT r.* FROM shows.rsvp r WHERE r.account_id = $1",
    ),
    TablePolicy(
        "shows.slot",
        export="the places that you have",
        erase="stays as the show's: with your answer you leave it, and the place goes to others",
        how=Erasure.KEPT,
        rows="""SELECT r.account_id, s.pool_id, s.n, s.rsvp_id, s.free_at
                  FROM shows.slot s JOIN shows.rsvp r ON r.id = s.rsvp_id WHERE r.account_id = $1""",
    ),
)
