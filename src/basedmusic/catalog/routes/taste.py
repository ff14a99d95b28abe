"""/me/clips and /me/taste: what the caller likes."""

from uuid import UUID

from fastapi import APIRouter

from basedmusic.accounts.viewer import SignedIn
from basedmusic.catalog import service
from basedmusic.catalog.routes.library import Changing, NewestFirst
from basedmusic.catalog.routes.links import Streams
from basedmusic.catalog.schemas import ClipOut, JudgedOut, JudgementIn, TasteGenresIn
from basedmusic.platform.http.database import ReadConnection, Transaction
from basedmusic.platform.http.pages import PageOut
from basedmusic.platform.http.permission import OWN, SIGNED_IN, permission
from basedmusic.platform.http.problem import RESPONSES

router = APIRouter(responses=RESPONSES)


@router.get("/me/clips", openapi_extra=permission(SIGNED_IN))
async def list_clips(viewer: SignedIn, conn: ReadConnection, link: Streams) -> PageOut[ClipOut]:
    """Ten seconds each of six tracks as different as the scene has them, on one page; the caller's genres and town
    come first, and what they judged before does not come again."""
    clips = await service.list_clips(conn, viewer)
    return PageOut(items=[ClipOut.of(clip, link(clip.track)) for clip in clips], next=None)


@router.put("/me/taste/genres", status_code=204, openapi_extra=permission(OWN))
async def choose_genres(body: TasteGenresIn, viewer: SignedIn, _: Changing, tx: Transaction) -> None:
    """All of them at once; they are read with the preferences."""
    await service.choose_genres(tx, viewer, body.genres)


@router.get("/me/taste/tracks", openapi_extra=permission(OWN))
async def list_judged(
    viewer: SignedIn, page: NewestFirst, conn: ReadConnection, link: Streams
) -> PageOut[JudgedOut]:
    """What the caller kept or passed, the last judged first; nobody else can see it."""
    judged = await service.list_judged(conn, viewer, page)
    return PageOut(items=[JudgedOut.of(one, link(one.track)) for one in judged.items], next=judged.next)


@router.put("/me/taste/tracks/{track_id}", status_code=204, openapi_extra=permission(SIGNED_IN))
async def judge(track_id: UUID, body: JudgementIn, viewer: SignedIn, _: Changing, tx: Transaction) -> None:
    """Safe to repeat. What is kept is saved, too; kept and then passed, it is saved no longer."""
    await service.judge_track(tx, viewer, track_id, kept=body.kept)


@router.delete("/me/taste/tracks/{track_id}", status_code=204, openapi_extra=permission(OWN))
async def forget_judgement(track_id: UUID, viewer: SignedIn, _: Changing, tx: Transaction) -> None:
    """Safe to repeat. What was saved stays saved."""
    await service.forget_judgement(tx, viewer, track_id)
