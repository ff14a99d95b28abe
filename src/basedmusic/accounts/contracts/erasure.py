"""A person who leaves, with all that is kept about them."""

from dataclasses import dataclass

from basedmusic.accounts.contracts.parties import Party
from basedmusic.kernel.errors import NotAllowed
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.queue import Job


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """A profile that a person alone owns, and who gets it when they are erased."""

    party: Party
    heir: AccountId | None
    """None: nobody else is in it who could; it waits for a claim."""
    heir_name: str | None


@dataclass(frozen=True, slots=True)
class EraseAccount:
    account_id: AccountId


ERASE_ACCOUNT = Job("accounts.erase_account", EraseAccount, concurrency=1)


class AccountLeaving(NotAllowed):
    """For whoever knows the password; `due_at` says when the account is erased."""

    code = "account_leaving"
    title = "This account is about to be erased; take that back first"
