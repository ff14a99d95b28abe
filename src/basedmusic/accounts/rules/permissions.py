"""Who may do what: one table, and one `can_…` per verb. Pure.

In a party, each verb has its roles. The scene is a party too; its roles are moderator and admin, and an
admin may do whatever a moderator may.
"""

from collections.abc import Mapping
from types import MappingProxyType

from basedmusic.accounts.contracts import Role, Verb

_ALL = frozenset({Role.OWNER, Role.MANAGER, Role.MEMBER, Role.BOOKER, Role.DOOR})

PERMISSIONS: Mapping[Verb, frozenset[Role]] = MappingProxyType(
    {
        Verb.SEE_DRAFTS: frozenset({Role.OWNER, Role.MANAGER, Role.MEMBER}),
        Verb.EDIT_MUSIC: frozenset({Role.OWNER, Role.MANAGER, Role.MEMBER}),
        Verb.EDIT_PROFILE: frozenset({Role.OWNER, Role.MANAGER}),
        Verb.SEE_MEMBERS: _ALL,
        Verb.MANAGE_MEMBERS: frozenset({Role.OWNER, Role.MANAGER}),
        Verb.MANAGE_OWNERS: frozenset({Role.OWNER}),
        Verb.CLOSE_PROFILE: frozenset({Role.OWNER}),
        Verb.EDIT_SHOWS: frozenset({Role.OWNER, Role.MANAGER, Role.BOOKER}),
        Verb.WORK_DOOR: frozenset({Role.OWNER, Role.MANAGER, Role.DOOR}),
    }
)

CHANGES = frozenset(Verb) - {Verb.SEE_DRAFTS, Verb.SEE_MEMBERS, Verb.WORK_DOOR}
"""What a dispute freezes. The door stays open: people with tickets are no part of a quarrel."""


def can(role: Role | None, verb: Verb) -> bool:
    return role is not None and role in PERMISSIONS[verb]


def can_see_drafts(role: Role | None) -> bool:
    return can(role, Verb.SEE_DRAFTS)


def can_edit_music(role: Role | None) -> bool:
    return can(role, Verb.EDIT_MUSIC)


def can_edit_profile(role: Role | None) -> bool:
    return can(role, Verb.EDIT_PROFILE)


def can_see_members(role: Role | None) -> bool:
    return can(role, Verb.SEE_MEMBERS)


def can_manage_members(role: Role | None) -> bool:
    return can(role, Verb.MANAGE_MEMBERS)


def can_manage_owners(role: Role | None) -> bool:
    return can(role, Verb.MANAGE_OWNERS)


def can_close_profile(role: Role | None) -> bool:
    return can(role, Verb.CLOSE_PROFILE)


def can_edit_shows(role: Role | None) -> bool:
    return can(role, Verb.EDIT_SHOWS)


def can_work_door(role: Role | None) -> bool:
    return can(role, Verb.WORK_DOOR)


def can_give_role(giver: Role | None, current: Role | None, wanted: Role | None) -> bool:
    """Whether `giver` may turn a member's `current` role (None: not one yet) into `wanted` (None: out).

    Owners do as they like; a manager deals with those below managers only, so that nobody makes an equal or
    outranks whoever let them in.
    """
    if can_manage_owners(giver):
        return True
    high = {Role.OWNER, Role.MANAGER}
    return can_manage_members(giver) and current not in high and wanted not in high


def can_moderate(scene_role: Role | None) -> bool:
    return scene_role in {Role.MODERATOR, Role.ADMIN}


def can_administer(scene_role: Role | None) -> bool:
    return scene_role is Role.ADMIN
