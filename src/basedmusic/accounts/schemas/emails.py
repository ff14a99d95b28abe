"""Addresses and forgotten passwords on the wire."""

from typing import Annotated

from pydantic import BaseModel, Field, SecretStr

from basedmusic.accounts.schemas.parties import Email, NewPassword, Password
from basedmusic.platform.http.text import BodyIn

Token = Annotated[SecretStr, Field(max_length=200, description="What stands after the # of the mail's link")]


class MailTokenIn(BodyIn):
    token: Token


class NewEmailIn(BodyIn):
    email: Email
    password: Password


class ForgottenPasswordIn(BodyIn):
    email: Email


class ResetPasswordIn(BodyIn):
    token: Token
    password: NewPassword


class EmailOut(BaseModel):
    email: str


class TakenBackOut(BaseModel):
    reset_token: str
    """For POST /password-resets/use: the next step is a new password."""
