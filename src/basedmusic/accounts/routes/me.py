"""/me: the account, its password, and where it is signed in."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts import service
from basedmusic.accounts.mails import password_changed_mail
from basedmusic.accounts.routes.cookies import NO_STORE, without_cookie
from basedmusic.accounts.routes.limits import limit_passwords, passwords_of
from basedmusic.accounts.schemas import AllowanceOut, MeOut, MePatch, PasswordIn, SessionOut
from basedmusic.accounts.viewer import SignedIn, bearer_token
from basedmusic.kernel.ids import AccountId
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.db import Connection
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import ReadConnection, Transaction, database_of
from basedmusic.platform.http.letterhead import letterhead_of
from basedmusic.platform.http.pages import DEFAULT, After, Limit, PageOut
from basedmusic.platform.http.permission import BY_KEY, OWN, permission

router = APIRouter()


@router.get("/me", openapi_extra=permission(OWN, BY_KEY))
async def me(viewer: SignedIn, request: Request, conn: ReadConnection, response: Response) -> MeOut:
    """The account, and the profiles it acts for."""
    response.headers.update(NO_STORE)
    return await _me(request, conn, viewer.account_id)


@router.patch("/me", openapi_extra=permission(OWN))
async def edit_me(
    body: MePatch, viewer: SignedIn, request: Request, tx: Transaction, response: Response
) -> MeOut:
    response.headers.update(NO_STORE)
    if body.display_name is not None:
        await service.rename_account(tx, viewer.account_id, body.display_name)
    return await _me(request, tx.conn, viewer.account_id)


@router.post("/me/password", status_code=204, openapi_extra=permission(OWN))
async def change_password(body: PasswordIn, viewer: SignedIn, request: Request) -> Response:
    """All other sessions of the account end; this one stays.

    The current password may be tried as often as signing in may.
    """
    assert viewer.session_id is not None
    database = database_of(request)
    async with database.connection() as conn:
        account = await service.get_account(conn, viewer.account_id)
    limit_passwords(request, account.email)
    await service.change_password(
        database,
        passwords_of(request),
        account,
        current=body.current.get_secret_value(),
        new=body.new.get_secret_value(),
        keep=viewer.session_id,
        notice=password_changed_mail(letterhead_of(request), account.email, account.display_name),
    )
    return Response(status_code=204, headers=NO_STORE)


@router.get("/me/allowances", openapi_extra=permission(OWN))
async def list_allowances(
    viewer: SignedIn, request: Request, conn: ReadConnection, response: Response
) -> PageOut[AllowanceOut]:
    """How much more the caller may do now of what is counted, and when more goes; all on one page."""
    response.headers.update(NO_STORE)
    rooms = await service.list_room(conn, viewer.account_id, clock_of(request)())
    return PageOut(items=[AllowanceOut.of(room) for room in rooms], next=None)


@router.get("/me/sessions", openapi_extra=permission(OWN))
async def list_sessions(
    viewer: SignedIn,
    request: Request,
    conn: ReadConnection,
    response: Response,
    limit: Limit = DEFAULT,
    after: After = None,
) -> PageOut[SessionOut]:
    """Where the account is signed in, newest first."""
    response.headers.update(NO_STORE)
    wanted = PageRequest.parse(limit, after, UUID)
    page = await service.list_sessions(conn, viewer.account_id, clock_of(request)(), wanted)
    return PageOut(items=[SessionOut.of(one, viewer.session_id) for one in page.items], next=page.next)


@router.delete("/me/sessions/{session_id}", status_code=204, openapi_extra=permission(OWN))
async def end_own_session(session_id: UUID, viewer: SignedIn, request: Request, tx: Transaction) -> Response:
    """Its cookie or tokens stop working at once."""
    await service.end_own_session(tx, viewer.account_id, session_id)
    if session_id == viewer.session_id and bearer_token(request) is None:
        return without_cookie(request)
    return Response(status_code=204)


async def _me(request: Request, conn: Connection, account_id: AccountId) -> MeOut:
    account = await service.get_account(conn, account_id)
    profiles = await service.list_profiles(conn, account_id)
    address = await service.get_address_state(conn, account, clock_of(request)())
    return MeOut.of(account, address, profiles, await service.find_scene_role(conn, account_id))
