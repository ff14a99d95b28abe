"""The local outbox: where no mail server is set, whoever sits at this machine reads the mails here.

A mail has links that are as good as a password, so the conditions are many: the scene listens on loopback only and
is known by no other address; the request comes from this machine, through no proxy, and to a loopback name (a page
elsewhere whose name was made to point here would send its own).
"""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, Response

from basedmusic.kernel.errors import NotFound
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.http.database import ReadConnection
from basedmusic.platform.http.pages import DEFAULT, After, Limit, PageOut
from basedmusic.platform.http.permission import PUBLIC, permission
from basedmusic.platform.http.problem import RESPONSES
from basedmusic.platform.mail import MailState, find_mail, list_mails
from basedmusic.platform.settings import Settings, is_loopback

_OF_PROXIES = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
_HTML_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-top-navigation-by-user-activation"
)


def has_outbox(settings: Settings) -> bool:
    """Whether this scene has one at all."""
    known_as = urlsplit(settings.address).hostname or ""
    return not settings.smtp_url and is_loopback(settings.host) and is_loopback(known_as)


def is_at_this_machine(peer: str, headers: Mapping[str, str]) -> bool:
    """Whether a request can only come from a person here."""
    name = urlsplit(f"//{headers.get('host', '')}").hostname or ""
    return is_loopback(peer) and is_loopback(name) and not any(one in headers for one in _OF_PROXIES)


def may_read_outbox(connection: HTTPConnection) -> bool:
    peer = connection.client.host if connection.client else ""
    return has_outbox(connection.app.state.settings) and is_at_this_machine(peer, connection.headers)


def _require(request: Request) -> None:
    if not may_read_outbox(request):
        raise NotFound


router = APIRouter(prefix="/outbox", responses=RESPONSES, tags=["outbox"], dependencies=[Depends(_require)])


class OutboxMailOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: UUID
    kind: str
    to: str
    subject: str
    text: str
    state: MailState
    created_at: datetime


@router.get("", openapi_extra=permission(PUBLIC))
async def list_outbox(
    conn: ReadConnection, response: Response, limit: Limit = DEFAULT, after: After = None
) -> PageOut[OutboxMailOut]:
    """Mails newest first, on a scene under development only: nothing is here otherwise."""
    response.headers["Cache-Control"] = "no-store"
    wanted = PageRequest.parse(limit, after, UUID)
    page = wanted.page(await list_mails(conn, wanted), lambda mail: (mail.id,))
    return PageOut(items=[OutboxMailOut.model_validate(mail) for mail in page.items], next=page.next)


@router.get("/{mail_id}/html", response_class=HTMLResponse, openapi_extra=permission(PUBLIC))
async def show_html(mail_id: UUID, conn: ReadConnection) -> HTMLResponse:
    """A mail as a mail program shows it."""
    mail = await find_mail(conn, mail_id)
    if mail is None or not mail.html:
        raise NotFound
    return HTMLResponse(
        mail.html, headers={"Content-Security-Policy": _HTML_POLICY, "Cache-Control": "no-store"}
    )
