"""Why the embedded database can't be had. Each message says what is so and what to do about it."""

from basedmusic.kernel.errors import Unavailable


class DataFolderUnreachable(Unavailable):
    """A folder can't be entered, made or owned by the account that needs it; the message names both."""

    code = "data_folder_unreachable"
    title = "The data folder can't be reached"


class DataFolderWrongVersion(Unavailable):
    """The cluster was made by another major version of PostgreSQL."""

    code = "data_folder_wrong_version"
    title = "The data folder belongs to another major version of PostgreSQL"


class DatabaseBinariesMissing(Unavailable):
    """PostgreSQL's programs are not installed, or the server's account can't run them."""

    code = "database_binaries_missing"
    title = "PostgreSQL's programs can't be run"


class DatabaseDidNotStart(Unavailable):
    """The server ended, or did not answer in time; the message ends with the tail of its log."""

    code = "database_did_not_start"
    title = "The database did not start"


class SystemUserMissing(Unavailable):
    """PostgreSQL refuses to run as this user, and no other could be found or made."""

    code = "system_user_missing"
    title = "There is no account to run the database as"
