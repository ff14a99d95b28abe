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

__all__ = [
    "AccountOut",
    "CookieSessionOut",
    "DisplayName",
    "Email",
    "MeOut",
    "MePatch",
    "NewPassword",
    "Password",
    "PasswordIn",
    "ProfileOut",
    "RefreshIn",
    "SessionOut",
    "SignInIn",
    "SignUpIn",
    "TokensOut",
]
