"""/legal: the legal pages for the app. `app.pages` writes the same for readers without scripts."""

from collections.abc import Sequence

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request

from basedmusic.app.legal.texts import Document, LegalPage, operator_of, write
from basedmusic.app.wiring import POLICIES
from basedmusic.platform.http.permission import PUBLIC, permission
from basedmusic.platform.http.problem import RESPONSES
from basedmusic.platform.settings import Settings

router = APIRouter(responses=RESPONSES, tags=["legal"])


class KeptOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    what: str
    exported: str
    """What an export has of it."""
    erased: str
    """What erasing does to it."""


class SectionOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    heading: str
    paragraphs: Sequence[str]
    rows: Sequence[KeptOut]


class LegalOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    page: LegalPage
    title: str
    sections: Sequence[SectionOut]
    incomplete: str
    """What the operator has still to set; empty when nothing is missing."""


@router.get("/legal/{page}", openapi_extra=permission(PUBLIC))
async def get_legal_page(page: LegalPage, request: Request) -> LegalOut:
    """Terms, privacy, imprint, or where to send a notice."""
    return LegalOut.model_validate(document_of(page, request.app.state.settings))


def document_of(page: LegalPage, settings: Settings) -> Document:
    return write(page, operator_of(settings), POLICIES)
