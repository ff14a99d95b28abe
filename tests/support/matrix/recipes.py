"""How each route is called in order.

Mostly it follows from the document: parameters are looked up in THINGS by name, bodies in the BODIES of the odd
requests. RECIPES has what does not. The names on the right are those of `stage`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from tests.http.test_odd_requests import BODIES, SOME_ID
from tests.support.matrix.expectations import NOTHING, Route, Thing

from basedmusic.accounts import Verb
from basedmusic.platform.http.permission import LINK

PARTY = "party"
WRONG_SECRET = "A" * 43


def _track(parameter: str) -> tuple[Thing, ...]:
    return (
        Thing("published track", {parameter: "published_track"}),
        Thing("draft track", {parameter: "draft_track"}, seen_by=Verb.SEE_DRAFTS),
    )


def _release(parameter: str) -> tuple[Thing, ...]:
    return (
        Thing("published release", {parameter: "published_release"}),
        Thing("draft release", {parameter: "draft_release"}, seen_by=Verb.SEE_DRAFTS),
    )


def _show(parameter: str) -> tuple[Thing, ...]:
    return (
        Thing("published show", {parameter: "published_show"}),
        Thing("draft show", {parameter: "draft_show"}, seen_by=Verb.EDIT_SHOWS),
    )


_ROOMS = (Thing("", {"party_id": "venue"}),)

THINGS: Mapping[str, tuple[Thing, ...]] = {
    "party_id": (Thing("", {"party_id": PARTY}),),
    "artist_id": (Thing("", {"artist_id": PARTY}),),
    "account_id": (Thing("", {"account_id": "another_member"}),),
    "track_id": _track("track_id"),
    "release_id": _release("release_id"),
    "owner_id": (Thing("", {"owner_id": PARTY}),),
    "room_id": (Thing("", {"room_id": "room"}),),
    "show_id": _show("show_id"),
    "act_id": (Thing("", {"act_id": "act"}),),
    "invitation_id": (Thing("", {"invitation_id": "invitation"}),),
    "session_id": (
        Thing("own", {"session_id": "own_session"}),
        Thing("another's", {"session_id": "anothers_session"}, mine=False),
    ),
    "deletion_id": (
        Thing("own", {"deletion_id": "own_deletion"}),
        Thing("another's", {"deletion_id": "anothers_deletion"}, mine=False),
    ),
    "page": (Thing("", {"page": "legal_page"}),),
    "key_id": (
        Thing("own", {"key_id": "own_key"}),
        Thing("another's", {"key_id": "anothers_key"}, mine=False),
    ),
    "case_id": (Thing("", {"case_id": "case"}),),
    "claim_id": (
        Thing("own", {"claim_id": "own_claim"}),
        Thing("another's", {"claim_id": "anothers_claim"}, mine=False),
    ),
    "job_id": (Thing("held job", {"job_id": "held_job"}),),
    "subject_id": (Thing("", {"subject_id": PARTY}),),
    "step": (Thing("", {"step": "failed_step"}),),
}
"""For each path parameter, and each id in a body, the things it may name."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a route needs besides; None: as usual."""

    things: tuple[Thing, ...] | None = None
    """Instead of what THINGS says of its parameters."""
    body: Mapping[str, object] | None = None
    """Over the usual one; `{name}` is replaced by that of the stage."""
    query: str = ""
    upload: bool = False
    """The body is a form with a file."""
    link: str = ""
    """The field with the secret that LINK asks for; it is also tried with a wrong one."""
    right: bool = True
    """False: what the right secret does is left to the slice's own tests, and only a wrong one is tried."""
    passes: tuple[str, ...] = ()
    """Codes of refusals, 409 apart, that only somebody gets who was let through."""


_OUTBOX = Thing("from elsewhere", {"mail_id": "mail"}, there=False)
"""It opens to whoever sits at the machine; the matrix comes through a proxy."""

RECIPES: Mapping[str, Recipe] = {
    "GET /api/v1/artists/{key}": Recipe(things=(Thing("", {"key": PARTY}),)),
    "GET /api/v1/venues/{key}": Recipe(things=(Thing("", {"key": "venue"}),)),
    "PATCH /api/v1/venues/{party_id}": Recipe(things=(Thing("", {"party_id": "venue"}),)),
    "GET /api/v1/organisers/{key}": Recipe(things=(Thing("", {"key": "organiser"}),)),
    "PATCH /api/v1/organisers/{party_id}": Recipe(things=(Thing("", {"party_id": "organiser"}),)),
    "POST /api/v1/claims/{claim_id}/mail": Recipe(passes=("foreign_address", "too_many_requests")),
    "POST /api/v1/claims/prove": Recipe(things=(Thing("another's", {}, mine=False),)),
    "PUT /api/v1/claims/{claim_id}/decision": Recipe(things=(Thing("", {"claim_id": "anothers_claim"}),)),
    "GET /api/v1/events": Recipe(query="topic=track:{draft_track}"),
    "POST /api/v1/sessions": Recipe(body={"email": "{anothers_email}", "password": "{password}"}),
    "POST /api/v1/sessions/refresh": Recipe(body={"refresh_token": "{refresh_token}"}, link="refresh_token"),
    "POST /api/v1/me/password": Recipe(body={"current": "{password}"}),
    "POST /api/v1/invitations/preview": Recipe(body={"token": "{invitation_token}"}, link="token"),
    "POST /api/v1/invitations/accept": Recipe(body={"token": "{invitation_token}"}),
    "GET /api/v1/legal/{page}": Recipe(things=(Thing("", {"page": "legal_page"}),)),
    "PUT /api/v1/admin/people/{account_id}/suspension": Recipe(body={"until": None}),
    "GET /api/v1/admin/audit": Recipe(query="subject={another_member}"),
    "PUT /api/v1/me/history/deletions/{deletion_id}": Recipe(
        things=(Thing("", {"deletion_id": "new_id"}),), body={"play_id": None}
    ),
    "POST /api/v1/admin/first-admin": Recipe(body={"token": "{first_admin_token}"}),
    "POST /api/v1/me/erasure": Recipe(body={"password": "{password}"}),
    "POST /api/v1/accounts/keep": Recipe(body={"email": "{leaving_email}", "password": "{password}"}),
    "POST /api/v1/reports": Recipe(things=_track("subject_id")),
    "POST /api/v1/reports/state": Recipe(link="token", right=False),
    "POST /api/v1/me/decisions/{case_id}/appeal": Recipe(
        things=(Thing("another's", {"case_id": "case"}, mine=False),)
    ),
    "POST /api/v1/profiles/{party_id}/closing": Recipe(passes=("invalid",)),
    "POST /api/v1/me/email": Recipe(body={"password": "{password}"}),
    "POST /api/v1/moderation/appeals": Recipe(link="token", right=False),
    "POST /api/v1/emails/confirm": Recipe(link="token", right=False),
    "POST /api/v1/emails/take-back": Recipe(link="token", right=False),
    "POST /api/v1/password-resets/use": Recipe(link="token", right=False),
    "GET /api/v1/outbox": Recipe(things=(_OUTBOX,)),
    "GET /api/v1/outbox/{mail_id}/html": Recipe(things=(_OUTBOX,)),
    "POST /api/v1/profiles/{party_id}/claims": Recipe(things=(Thing("stub", {"party_id": "stub"}),)),
    "POST /api/v1/accounts/keep/link": Recipe(link="token", right=False),
    "POST /api/v1/guests/confirm": Recipe(link="token", right=False),
    "POST /api/v1/guests/data": Recipe(link="token", right=False),
    "POST /api/v1/guests/erase": Recipe(link="token", right=False),
    "POST /api/v1/guests/unsubscribe": Recipe(link="token", right=False),
    "POST /api/v1/guests/unsubscribe/{token}": Recipe(
        things=(Thing("", {"token": "wrong_secret"}),), link="token", right=False
    ),
    "GET /api/v1/guests/unsubscribe/{token}": Recipe(
        things=(Thing("", {"token": "wrong_secret"}),), link="token", right=False
    ),
    "GET /api/v1/exports/{token}/{export_id}": Recipe(
        things=(Thing("", {"token": "wrong_secret", "export_id": "new_id"}),), link="token", right=False
    ),
    "POST /api/v1/venues/{party_id}/rooms": Recipe(things=_ROOMS),
    "GET /api/v1/venues/{party_id}/rooms": Recipe(things=_ROOMS),
    "PUT /api/v1/shows/{show_id}/lineup/{act_id}/answer": Recipe(
        things=(Thing("published show", {"show_id": "published_show", "act_id": "act"}),)
    ),
    "POST /api/v1/shows": Recipe(things=(Thing("", {"owner_id": PARTY}),)),
    "POST /api/v1/releases": Recipe(things=(Thing("", {"artist_id": PARTY}),)),
    "POST /api/v1/tracks": Recipe(things=(Thing("", {"artist_id": PARTY}),), upload=True),
    "POST /api/v1/tracks/{track_id}/restore": Recipe(
        things=(Thing("deleted track", {"track_id": "deleted_track"}, seen_by=Verb.EDIT_MUSIC),)
    ),
}


@dataclass(frozen=True, slots=True)
class Call:
    """A route, and what it is called on. Values still name what is on stage."""

    route: Route
    thing: Thing
    recipe: Recipe

    @property
    def body(self) -> dict[str, object] | None:
        """Ids that the usual body leaves open are the thing's."""
        usual = BODIES.get(self.route.name)
        if usual is None and self.recipe.body is None:
            return None
        named = {
            field: "{" + self._name(field) + "}" if value == SOME_ID and field in THINGS else value
            for field, value in (usual or {}).items()
        }
        wrong = {} if self.thing.mine or not self.recipe.link else {self.recipe.link: WRONG_SECRET}
        return {**named, **(self.recipe.body or {}), **wrong}

    def _name(self, field: str) -> str:
        return self.thing.fills.get(field) or THINGS[field][0].fills[field]


def parameters_of(route: Route) -> list[str]:
    return [one["name"] for one in route.operation.get("parameters", []) if one["in"] == "path"]


def calls_of(route: Route) -> Iterator[Call]:
    """Raises LookupError with a sentence that says what to add."""
    recipe = RECIPES.get(route.name, Recipe())
    lacking = _lacking(route, recipe)
    if lacking:
        raise LookupError(lacking)
    things = recipe.things
    if things is None:
        things = tuple(map(_join, product(*(THINGS[name] for name in parameters_of(route)))))
    if route.permission == LINK:
        things = tuple(
            replace(thing, words=words, mine=mine)
            for thing in things
            for words, mine in (("its secret", True), ("a wrong secret", False))
            if recipe.right or not mine
        )
    return (Call(route, thing, recipe) for thing in things)


def _join(things: tuple[Thing, ...]) -> Thing:
    if not things:
        return NOTHING
    return Thing(
        ", ".join(thing.words for thing in things if thing.words),
        {name: value for thing in things for name, value in thing.fills.items()},
        next((thing.seen_by for thing in things if thing.seen_by is not None), None),
        all(thing.mine for thing in things),
    )


def _lacking(route: Route, recipe: Recipe) -> str:
    where = "tests/support/matrix/recipes.py"
    for name in parameters_of(route):
        filled = name in THINGS if recipe.things is None else all(name in one.fills for one in recipe.things)
        if not filled:
            return (
                f"{route.name}: the matrix of permissions does not know what {{{name}}} may be. Add the things "
                f"it names to THINGS in {where}, or to RECIPES for this route alone, and make them in stage.py"
            )
    content: Mapping[str, Any] = route.operation.get("requestBody", {}).get("content", {})
    if "application/json" in content and route.name not in BODIES:
        return f"{route.name}: add a body in order to BODIES in tests/http/test_odd_requests.py"
    if route.permission == LINK and not recipe.link:
        return f"{route.name}: say in RECIPES of {where} which field is the secret, and a body with one that works"
    if content and "application/json" not in content and not recipe.upload and recipe.body is None:
        return f"{route.name}: takes no JSON; say in RECIPES of {where} what it is sent"
    return ""
