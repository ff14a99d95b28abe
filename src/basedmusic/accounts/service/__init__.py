"""The verbs: check, decide, write; inside the transaction that the edge opened."""

from basedmusic.accounts.service.library import follow, forget_saved, save, unfollow, unsave
from basedmusic.accounts.service.parties import (
    add_account,
    create_account,
    create_party,
    get_account,
    list_profiles,
    rename_account,
    rename_party,
)
from basedmusic.accounts.service.passwords import change_password
from basedmusic.accounts.service.permissions import (
    find_scene_role,
    require_admin,
    require_can,
    require_moderator,
    set_scene_role,
)
from basedmusic.accounts.service.sessions import (
    Grant,
    end_own_session,
    end_session,
    end_sessions,
    find_viewer_by_cookie,
    find_viewer_by_session,
    list_sessions,
    refresh_session,
    sign_in,
    start_session,
)

__all__ = [
    "Grant",
    "add_account",
    "change_password",
    "create_account",
    "create_party",
    "end_own_session",
    "end_session",
    "end_sessions",
    "find_scene_role",
    "find_viewer_by_cookie",
    "find_viewer_by_session",
    "follow",
    "forget_saved",
    "get_account",
    "list_profiles",
    "list_sessions",
    "refresh_session",
    "rename_account",
    "rename_party",
    "require_admin",
    "require_can",
    "require_moderator",
    "save",
    "set_scene_role",
    "sign_in",
    "start_session",
    "unfollow",
    "unsave",
]
