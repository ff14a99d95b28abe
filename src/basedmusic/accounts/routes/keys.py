"""/me/keys: what programs sign in with."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts import service
from basedmusic.accounts.routes.cookies import NO_STORE
from basedmusic.accounts.routes.limits import KEYS_PER_ACCOUNT
from basedmusic.accounts.schemas import KeyIn, KeyOut, NewKeyOut
from basedmusic.accounts.viewer import SignedIn
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import ReadConnection, Transaction
from basedmusic.platform.http.letterhead import letterhead_of
from basedmusic.platform.http.limits import limiter_of
from basedmusic.platform.http.pages import DEFAULT, After, Limit, PageOut
from basedmusic.platform.http.permission import OWN, permission

router = APIRouter()


@router.post("/me/keys", status_code=201, openapi_extra=permission(OWN))
async def make_key(
    body: KeyIn, viewer: SignedIn, request: Request, tx: Transaction, response: Response
) -> NewKeyOut:
    """A key for a program, or an app password for one of an older protocol.

    Takes no Idempotency-Key: the answer holds a secret, which is kept nowhere; one that was lost is taken back.
    """
    response.headers.update(NO_STORE)
    limiter_of(request).hit(KEYS_PER_ACCOUNT, "keys", str(viewer.account_id))
    made = await service.make_key(
        tx,
        letterhead_of(request),
        viewer.account_id,
        body.kind,
        body.name,
        body.scopes,
        body.expires_at,
        clock_of(request)(),
    )
    return NewKeyOut(key=KeyOut.of(made.key), secret=made.secret.text)


@router.get("/me/keys", openapi_extra=permission(OWN))
async def list_keys(
    viewer: SignedIn,
    conn: ReadConnection,
    response: Response,
    limit: Limit = DEFAULT,
    after: After = None,
) -> PageOut[KeyOut]:
    """Newest first, those that are over too."""
    response.headers.update(NO_STORE)
    page = await service.list_keys(conn, viewer.account_id, PageRequest.parse(limit, after, UUID))
    return PageOut(items=[KeyOut.of(key) for key in page.items], next=page.next)


@router.delete("/me/keys/{key_id}", status_code=204, openapi_extra=permission(OWN))
async def take_key_back(key_id: UUID, viewer: SignedIn, tx: Transaction) -> None:
    """Whatever program has it is refused from now on."""
    await service.take_key_back(tx, viewer.account_id, key_id)
