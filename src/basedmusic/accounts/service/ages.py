"""What holds for somebody who is not of age: private from the start, and until they are 18."""

from datetime import date, datetime

from basedmusic.accounts.contracts import MinorsStayPrivate
from basedmusic.accounts.rules import normalise_email
from basedmusic.accounts.service.history import pause_history
from basedmusic.accounts.store import ages as store
from basedmusic.kernel.ids import AccountId
from basedmusic.platform.db import Connection, Tx


async def begin_as_minor(tx: Tx, account_id: AccountId, adult_from: date, now: datetime) -> None:
    """Nobody finds them, as nobody is found who does not ask for it; and what they hear is not kept unless they
    say so."""
    await store.set_adult_from(tx.conn, account_id, adult_from)
    await pause_history(tx, account_id, now)


async def require_adult(tx: Tx, account_id: AccountId, now: datetime) -> None:
    """For what makes somebody public. Whoever is of age by now is so from here on. Raises MinorsStayPrivate."""
    await store.clear_grown_up(tx.conn, now.date(), account_id)
    adult_from = await store.find_adult_from(tx.conn, account_id)
    if adult_from is not None:
        raise MinorsStayPrivate(field="followable", adult_from=adult_from.isoformat())


async def may_strangers_write(conn: Connection, address: str, now: datetime) -> bool:
    """Whether mail that somebody else causes and words may go there: to no account of a minor."""
    return not await store.is_minors_address(conn, normalise_email(address), now.date())
