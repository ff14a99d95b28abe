"""/profiles: pages that moderators make of bands and rooms that are not here yet, to be claimed by them.

Here, since an artist is catalog's and the others are accounts'.
"""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts import OrganiserType, PartyKind, SignedInViewer, create_card, require_moderator
from basedmusic.accounts.contracts import MAX_ADDRESS, MAX_PARTY_NAME
from basedmusic.accounts.schemas import ProfileKind, ProfileRefOut
from basedmusic.accounts.service import get_profile
from basedmusic.accounts.viewer import SignedIn
from basedmusic.catalog import create_artist
from basedmusic.kernel.errors import Invalid
from basedmusic.kernel.ids import PartyId
from basedmusic.platform.db import Tx
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import Transaction
from basedmusic.platform.http.idempotency import Idempotency, json_answer
from basedmusic.platform.http.permission import MODERATOR, permission
from basedmusic.platform.http.problem import RESPONSES
from basedmusic.platform.http.text import BodyIn

router = APIRouter(responses=RESPONSES, tags=["accounts"])


class StubIn(BodyIn):
    kind: ProfileKind
    name: Annotated[str, Field(min_length=1, max_length=MAX_PARTY_NAME)]
    city: Annotated[str, Field(min_length=1, max_length=100)]
    website: Annotated[
        str,
        Field(max_length=MAX_ADDRESS, description="A page that only they can write to: it proves a claim"),
    ] = ""
    type: OrganiserType | None = Field(None, description="Of an organiser only")


@router.post("/profiles", status_code=201, response_model=ProfileRefOut, openapi_extra=permission(MODERATOR))
async def create_stub(
    body: StubIn, viewer: SignedIn, request: Request, tx: Transaction, idempotency: Idempotency
) -> Response:
    """A page of somebody who is not here yet. It has no owner; its band or room can claim it."""

    async def effect() -> Response:
        await require_moderator(tx.conn, viewer)
        if (body.kind is PartyKind.ORGANISER) != (body.type is not None):
            raise Invalid("An organiser has a type, and nobody else", field="type")
        profile = await get_profile(tx.conn, viewer, await _create(tx, viewer, body, clock_of(request)()))
        return json_answer(201, ProfileRefOut.of(profile).model_dump(mode="json"))

    return await idempotency.run(tx, str(viewer.account_id), body.model_dump_json().encode(), effect)


async def _create(tx: Tx, viewer: SignedInViewer, body: StubIn, now: datetime) -> PartyId:
    name, city, website = body.name, body.city, body.website
    if body.kind is PartyKind.ARTIST:
        artist = await create_artist(tx, viewer, name=name, city=city, website=website, unclaimed_since=now)
        return artist.id
    card = await create_card(
        tx, viewer, body.kind, name=name, city=city, type=body.type, website=website, unclaimed_since=now
    )
    return card.party.id
