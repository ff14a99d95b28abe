"""Wire shapes, a module per noun. They never leave the edge."""

from basedmusic.accounts.schemas.parties import (
    AccountOut,
    DisplayName,
    Email,
    MeOut,
    MePatch,
    NewPassword,
    Password,
    PasswordIn,
    ProfileOut,
    SignUpIn,
)
from basedmusic.accounts.schemas.preferences import DeletedOut, DeletionIn, PreferencesOut, PreferencesPatch
from basedmusic.accounts.schemas.profiles import (
    OrganiserIn,
    OrganiserOut,
    OrganiserPatch,
    ProfileKind,
    ProfileRefOut,
    VenueIn,
    VenueOut,
    VenuePatch,
)
from basedmusic.accounts.schemas.safety import AvoidanceOut, AvoidedOut
from basedmusic.accounts.schemas.sessions import CookieSessionOut, RefreshIn, SessionOut, SignInIn, TokensOut
from basedmusic.accounts.schemas.teams import (
    InvitationOut,
    InvitationTokenIn,
    MemberOut,
    NewInvitationOut,
    OfferOut,
    RoleIn,
)

__all__ = [
    "AccountOut",
    "AvoidanceOut",
    "AvoidedOut",
    "CookieSessionOut",
    "DeletedOut",
    "DeletionIn",
    "DisplayName",
    "Email",
    "InvitationOut",
    "InvitationTokenIn",
    "MeOut",
    "MePatch",
    "MemberOut",
    "NewInvitationOut",
    "NewPassword",
    "OfferOut",
    "OrganiserIn",
    "OrganiserOut",
    "OrganiserPatch",
    "Password",
    "PasswordIn",
    "PreferencesOut",
    "PreferencesPatch",
    "ProfileKind",
    "ProfileOut",
    "ProfileRefOut",
    "RefreshIn",
    "RoleIn",
    "SessionOut",
    "SignInIn",
    "SignUpIn",
    "TokensOut",
    "VenueIn",
    "VenueOut",
    "VenuePatch",
]
