"""What can be done for a party, and how it is refused."""

from enum import StrEnum

from basedmusic.kernel.errors import Conflict, NotAllowed


class Verb(StrEnum):
    """What a member does in a party's name. Who may is in `rules.permissions`."""

    SEE_DRAFTS = "see_drafts"
    EDIT_MUSIC = "edit_music"
    """Upload, change, order, publish, take back and delete tracks and releases."""
    EDIT_PROFILE = "edit_profile"
    SEE_MEMBERS = "see_members"
    MANAGE_MEMBERS = "manage_members"
    """Invite, change the role of and remove those below oneself."""
    MANAGE_OWNERS = "manage_owners"
    """Make and unmake owners, hand the profile on."""
    CLOSE_PROFILE = "close_profile"
    """With all that is its own, and take that back."""
    EDIT_SHOWS = "edit_shows"
    WORK_DOOR = "work_door"


class NotAMember(NotAllowed):
    code = "not_a_member"
    title = "You don't act for this profile"


class RoleTooLow(NotAllowed):
    """For a member; nobody else learns what a profile's members may do."""

    code = "role_too_low"
    title = "Your role in this profile does not include this"


class ProfileFrozen(Conflict):
    code = "profile_frozen"
    title = "Two sides claim this profile; nothing of it changes until a moderator has decided"


class ModeratorsOnly(NotAllowed):
    code = "moderators_only"
    title = "This is for the scene's moderators"


class AdminsOnly(NotAllowed):
    code = "admins_only"
    title = "This is for the scene's admins"
