"""Accounts: parties, who may act for them, and who is signed in.

`contracts` is what crosses the slice's border. Other slices' routes take the viewer from `accounts.viewer`
(apart, since it loads the web framework), ask `require_can`, and read `accounts.v_party`,
`v_membership`, `v_follow` and `v_saved`.
"""

from basedmusic.accounts.contracts import (
    ANONYMOUS,
    Account,
    EmailTaken,
    Party,
    PartyKind,
    Profile,
    Role,
    SavedKind,
    SessionKind,
    SignedInViewer,
    Verb,
    Viewer,
)
from basedmusic.accounts.jobs import sweep_sessions
from basedmusic.accounts.service import (
    create_account,
    create_party,
    find_scene_role,
    follow,
    forget_saved,
    get_account,
    list_profiles,
    rename_party,
    require_admin,
    require_can,
    require_moderator,
    save,
    set_scene_role,
    unfollow,
    unsave,
)

__all__ = [
    "ANONYMOUS",
    "Account",
    "EmailTaken",
    "Party",
    "PartyKind",
    "Profile",
    "Role",
    "SavedKind",
    "SessionKind",
    "SignedInViewer",
    "Verb",
    "Viewer",
    "create_account",
    "create_party",
    "find_scene_role",
    "follow",
    "forget_saved",
    "get_account",
    "list_profiles",
    "rename_party",
    "require_admin",
    "require_can",
    "require_moderator",
    "save",
    "set_scene_role",
    "sweep_sessions",
    "unfollow",
    "unsave",
]
