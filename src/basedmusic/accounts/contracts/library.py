"""What a person keeps."""

from enum import StrEnum

from basedmusic.kernel.errors import (
    Conflict,
)


class SavedKind(StrEnum):
    """What a person can save, in the words of the slice above that has it.

    Accounts keeps kind and id and asks nothing: whether there is such a thing, who may see it and when it is
    purged is that slice's affair.
    """

    TRACK = "track"
    RELEASE = "release"


class LibraryFull(Conflict):
    code = "library_full"
    title = "Your library is full"
