"""What can become of one request to a media process. Each is about that request only; the pool heals."""

from basedmusic.kernel.errors import AppError, Unavailable


class MediaError(AppError):
    """Any of the ends below but `MediaUnavailable` and `TooManyRequests`."""

    code = "media_error"
    status = 500
    title = "The media could not be worked on"


class MediaRefused(MediaError):
    """The function said no with an AppError of its own: its `code`, `detail` and `extra` are these."""

    code = "media_refused"
    status = 422
    title = "This media can't be used"

    def __init__(self, code: str, detail: str, extra: dict[str, object]) -> None:
        super().__init__(detail)
        self.code = code  # pyright: ignore[reportAttributeAccessIssue]  # the refusal's, not the class's
        self.extra = extra


class MediaFailed(MediaError):
    """The function raised what it should not have; the traceback is in the log, never in the answer."""

    code = "media_failed"
    title = "Working on this media failed"


class MediaCrashed(MediaError):
    """The media process died under this request; `cause` says how, as far as is known."""

    code = "media_crashed"
    title = "Working on this media broke the process that did it"

    def __init__(self, cause: str) -> None:
        super().__init__(f"{self.title} ({cause})")
        self.cause = cause


class MediaTimedOut(MediaError):
    """The request ran into its time limit and its process was killed."""

    code = "media_timed_out"
    status = 504
    title = "Working on this media took too long"


class MediaOutOfMemory(MediaError):
    """The request ran into the limit on its process's address space: our limit, not a bad file."""

    code = "media_out_of_memory"
    status = 503
    title = "Working on this media needs more memory than a media process may have"


class MediaUnavailable(Unavailable):
    """No media process could be started, or the pool is closing. Nothing was done."""

    code = "media_unavailable"
    title = "The media processes are not available; try again shortly"
