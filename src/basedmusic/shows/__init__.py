"""Shows: rooms, what is on in them and elsewhere, who plays; places, and who waits for one.

`contracts` is what crosses the slice's border; the verbs below take the edge's transaction first; routes, store
and schemas are its own.
"""

from basedmusic.shows.contracts import (
    Show,
    ShowAct,
    ShowChanged,
    ShowId,
    ShowMissing,
    ShowPublished,
    ShowState,
)
from basedmusic.shows.jobs import sweep_waitlists
from basedmusic.shows.service.closing import ShowContents
from basedmusic.shows.service.lineup import list_lineups, set_lineup
from basedmusic.shows.service.rooms import create_room, get_room, list_rooms
from basedmusic.shows.service.shows import (
    NewShow,
    NewWhere,
    change_show,
    create_show,
    get_show,
    list_coming,
    list_of_party,
)

__all__ = [
    "NewShow",
    "NewWhere",
    "Show",
    "ShowAct",
    "ShowChanged",
    "ShowContents",
    "ShowId",
    "ShowMissing",
    "ShowPublished",
    "ShowState",
    "change_show",
    "create_room",
    "create_show",
    "get_room",
    "get_show",
    "list_coming",
    "list_lineups",
    "list_of_party",
    "list_rooms",
    "set_lineup",
    "sweep_waitlists",
]
