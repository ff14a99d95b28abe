"""The one error base: what went wrong, in words a person can act on.

An error class states what is so (`TrackMissing`), carries a stable machine `code` and the HTTP `status`
it maps to (RFC 9457 problem details are written from it at the edge). Slices define their own
subclasses in `contracts.py`; only the few that every slice needs live here.
"""

from typing import ClassVar


class AppError(Exception):
    """A refusal that the caller may see. `str(error)` is a sentence for a person."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    title: ClassVar[str] = "The request can't be done"

    def __init__(self, detail: str = "", **extra: object) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.extra = extra
        """Members added to the problem document, such as `retry_after_s` or `field`."""


class NotFound(AppError):
    """Nothing there, or nothing this viewer may know of: from outside the two look alike."""

    code = "not_found"
    status = 404
    title = "Nothing is here"


class NotAllowed(AppError):
    """The viewer may see the thing but not do this to it."""

    code = "not_allowed"
    status = 403
    title = "You may not do this"


class SignInRequired(AppError):
    code = "sign_in_required"
    status = 401
    title = "Sign in first"


class Invalid(AppError):
    """A value that breaks a rule of ours; `field` names it."""

    code = "invalid"
    status = 422
    title = "Something in the request is not right"


class Conflict(AppError):
    code = "conflict"
    status = 409
    title = "This is already so, or was changed meanwhile"


class TooManyRequests(AppError):
    """Refused before any work; `retry_after_s` says when to come back."""

    code = "too_many_requests"
    status = 429
    title = "Too many requests; wait a moment"


class TooLarge(AppError):
    code = "too_large"
    status = 413
    title = "This is larger than the scene accepts"


class Unavailable(AppError):
    """A part this needs is not running; nothing was changed."""

    code = "unavailable"
    status = 503
    title = "A part of the server is not available; try again shortly"
