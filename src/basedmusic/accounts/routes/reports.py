"""/reports and /moderation: reporting, deciding, appealing."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from basedmusic.accounts.contracts import CaseState, ReportSubjects
from basedmusic.accounts.routes.cookies import NO_STORE
from basedmusic.accounts.routes.guests import desk_of
from basedmusic.accounts.routes.limits import address_of, mailbox_key
from basedmusic.accounts.routes.safety import NewestFirst
from basedmusic.accounts.rules.moderation import can_appeal
from basedmusic.accounts.schemas import (
    AppealByLinkIn,
    AppealIn,
    CaseFileOut,
    CaseOut,
    DecisionOut,
    OwnReportOut,
    ReportIn,
    ReportTokenIn,
    VerdictIn,
)
from basedmusic.accounts.service import moderation, reports
from basedmusic.accounts.tokens import Secret
from basedmusic.accounts.viewer import CurrentViewer, SignedIn
from basedmusic.kernel.page import PageRequest
from basedmusic.platform.http.context import clock_of
from basedmusic.platform.http.database import ReadConnection, Transaction
from basedmusic.platform.http.idempotency import Idempotency, json_answer
from basedmusic.platform.http.letterhead import letterhead_of
from basedmusic.platform.http.limits import limiter_of
from basedmusic.platform.http.pages import DEFAULT, After, Limit, PageOut
from basedmusic.platform.http.permission import LINK, MODERATOR, OWN, PUBLIC, permission

router = APIRouter()

REPORTS_PER_ADDRESS = "10/hour"
REPORTS_PER_MAILBOX = "5/hour"
LOOKS_PER_ADDRESS = "60/minute"


@router.post("/reports", status_code=201, response_model=OwnReportOut, openapi_extra=permission(PUBLIC))
async def report(
    body: ReportIn, viewer: CurrentViewer, request: Request, tx: Transaction, idempotency: Idempotency
) -> Response:
    """Tell the moderators of something that should not be there, with or without an account.

    Whoever it belongs to is never told who did. A guest who leaves an address gets a link to what becomes of it.
    """
    limiter_of(request).hit(REPORTS_PER_ADDRESS, "reports", address_of(request))
    if body.contact and viewer.account_id is None:
        limiter_of(request).hit(REPORTS_PER_MAILBOX, "report_mailbox", mailbox_key(body.contact))

    async def effect() -> Response:
        made = await reports.report(
            tx,
            viewer,
            _subjects(request),
            desk_of(request),
            kind=body.kind,
            subject_id=body.subject_id,
            reason=body.reason,
            words=body.words,
            contact=body.contact,
            now=clock_of(request)(),
        )
        return json_answer(201, OwnReportOut.of(made).model_dump(mode="json"))

    owner = str(viewer.account_id or address_of(request))
    return await idempotency.run(tx, owner, body.model_dump_json().encode(), effect)


@router.post("/reports/state", openapi_extra=permission(LINK))
async def report_state(body: ReportTokenIn, request: Request, conn: ReadConnection) -> OwnReportOut:
    """What became of a guest's report, for whoever holds the link of the mail."""
    limiter_of(request).hit(LOOKS_PER_ADDRESS, "report_state", address_of(request))
    secret = Secret(body.token.get_secret_value())
    return OwnReportOut.of(await reports.get_report_by_link(conn, secret, clock_of(request)()))


@router.get("/me/reports", openapi_extra=permission(OWN))
async def list_own_reports(
    viewer: SignedIn, conn: ReadConnection, response: Response, limit: Limit = DEFAULT, after: After = None
) -> PageOut[OwnReportOut]:
    """What the caller reported, newest first."""
    response.headers.update(NO_STORE)
    page = await reports.list_own_reports(conn, viewer, PageRequest.parse(limit, after, UUID))
    return PageOut(items=[OwnReportOut.of(one) for one in page.items], next=page.next)


@router.get("/me/decisions", openapi_extra=permission(OWN))
async def list_decisions(
    viewer: SignedIn, page: NewestFirst, conn: ReadConnection, response: Response
) -> PageOut[DecisionOut]:
    """What moderators decided about the caller and the profiles they run, last first."""
    response.headers.update(NO_STORE)
    found = await moderation.list_decisions_about(conn, viewer, page)
    return PageOut(
        items=[DecisionOut.of(case, can_appeal=can_appeal(case)) for case in found.items], next=found.next
    )


@router.post("/me/decisions/{case_id}/appeal", status_code=204, openapi_extra=permission(OWN))
async def appeal(case_id: UUID, body: AppealIn, viewer: SignedIn, request: Request, tx: Transaction) -> None:
    """Ask another moderator to look again. Once; a second one is refused, so it takes no Idempotency-Key."""
    await moderation.appeal(tx, viewer, case_id, body.words, clock_of(request)())


@router.post("/moderation/appeals", status_code=204, openapi_extra=permission(LINK))
async def appeal_by_link(body: AppealByLinkIn, request: Request, tx: Transaction) -> None:
    """The same with the link of the mail, for whoever the decision keeps out. The link works once."""
    limiter_of(request).hit(LOOKS_PER_ADDRESS, "appeals", address_of(request))
    await moderation.appeal_by_link(
        tx, Secret(body.token.get_secret_value()), body.words, clock_of(request)()
    )


@router.get("/moderation/cases", openapi_extra=permission(MODERATOR))
async def list_cases(
    viewer: SignedIn,
    conn: ReadConnection,
    response: Response,
    state: CaseState = CaseState.OPEN,
    limit: Limit = DEFAULT,
    after: After = None,
) -> PageOut[CaseOut]:
    """Oldest first; decided ones last first. Those that concern the moderator are left out."""
    response.headers.update(NO_STORE)
    page = await moderation.list_cases(conn, viewer, state, PageRequest.parse(limit, after, UUID))
    return PageOut(items=[CaseOut.model_validate(case) for case in page.items], next=page.next)


@router.get("/moderation/cases/{case_id}", openapi_extra=permission(MODERATOR))
async def get_case(case_id: UUID, viewer: SignedIn, conn: ReadConnection, response: Response) -> CaseFileOut:
    """With its reports, their evidence, and what was done."""
    response.headers.update(NO_STORE)
    return CaseFileOut.of(await moderation.get_case(conn, viewer, case_id))


@router.put("/moderation/cases/{case_id}/claim", openapi_extra=permission(MODERATOR))
async def claim_case(case_id: UUID, viewer: SignedIn, request: Request, tx: Transaction) -> CaseOut:
    """It is the caller's to decide. Safe to repeat; refused with 409 `case_taken` when another has it."""
    return CaseOut.model_validate(await moderation.claim_case(tx, viewer, case_id, clock_of(request)()))


@router.delete("/moderation/cases/{case_id}/claim", status_code=204, openapi_extra=permission(MODERATOR))
async def release_case(case_id: UUID, viewer: SignedIn, request: Request, tx: Transaction) -> None:
    """Back to the others. An admin may give back anybody's."""
    await moderation.release_case(tx, viewer, case_id, clock_of(request)())


@router.put("/moderation/cases/{case_id}/decision", openapi_extra=permission(MODERATOR))
async def decide_case(
    case_id: UUID, body: VerdictIn, viewer: SignedIn, request: Request, tx: Transaction
) -> CaseOut:
    """Decide, do it, and tell both sides. Of two moderators one is told 409 `case_decided`."""
    verdict = moderation.Verdict(body.decision, body.rule, body.facts, body.days)
    case = await moderation.decide_case(
        tx, viewer, _subjects(request), letterhead_of(request), case_id, verdict, clock_of(request)()
    )
    return CaseOut.model_validate(case)


def _subjects(request: Request) -> ReportSubjects:
    return request.app.state.report_subjects
