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
    "CookieSessionOut",
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
    "Password",
    "PasswordIn",
    "ProfileOut",
    "RefreshIn",
    "RoleIn",
    "SessionOut",
    "SignInIn",
    "SignUpIn",
    "TokensOut",
]
