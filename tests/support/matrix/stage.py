"""The people and the things that the matrix is played with, on a running application."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx2
from tests.fakes.hasher import PlainHasher
from tests.support.matrix.expectations import Caller, Outcome
from tests.support.matrix.recipes import WRONG_SECRET, Call
from tests.support.music import wav
from tests.support.server import BORN, PASSWORD, Site

from basedmusic.accounts import Role
from basedmusic.accounts.contracts import Scope
from basedmusic.accounts.passwords import Passwords
from basedmusic.app.admin.people import first_admin_token
from basedmusic.platform.http.permission import LINK

_STATUSES = {401: Outcome.SIGN_IN, 403: Outcome.REFUSED, 404: Outcome.INVISIBLE}
GIVE_ROLE = """INSERT INTO accounts.membership (party_id, account_id, role, party_kind)
               SELECT id, $2, $3, kind FROM accounts.party WHERE id = $1"""
GIVE_SCENE_ROLE = """INSERT INTO accounts.membership (party_id, account_id, role, party_kind)
                     SELECT id, $1, $2, kind FROM accounts.party WHERE kind = 'scene'"""
KEY_SCOPES = (Scope.READ, Scope.WRITE, Scope.UPLOAD)
HOLD_JOB = """INSERT INTO jobs.pgqueuer (priority, entrypoint, payload, status)
              VALUES (0, 'held', ''::bytea, 'failed') RETURNING id"""


@dataclass
class Stage:
    """A party with one member of each role, its things, and everybody else who may call."""

    site: Site
    callers: dict[Caller, httpx2.Client] = field(default_factory=dict[Caller, httpx2.Client])
    ids: dict[str, str] = field(default_factory=dict[str, str])
    own: dict[Caller, dict[str, str]] = field(default_factory=dict[Caller, dict[str, str]])
    """What each caller has of their own, over `ids`."""
    secrets: list[tuple[Caller, str]] = field(default_factory=list[tuple[Caller, str]])
    """Texts that nobody but their owner may be sent, an admin neither."""
    personal: list[tuple[Caller | None, str]] = field(default_factory=list[tuple[Caller | None, str]])
    """Texts that nobody but their owner may be sent, and those who look after the scene."""
    keys: dict[Scope, str] = field(default_factory=dict[Scope, str])
    """Of the owner, one for each scope."""
    emails: dict[Caller, str] = field(default_factory=dict[Caller, str])

    def send(self, call: Call, caller: Caller, key: str | None = None) -> httpx2.Response:
        """The answer; of one that never ends, its head. With a `key` instead of the caller's sign-in."""
        names = {**self.ids, **self.own.get(caller, {})}
        fills = {name: names[value] for name, value in call.thing.fills.items()}
        address = call.route.path.format_map(fills)
        if call.recipe.query:
            address += "?" + call.recipe.query.format_map(names)
        client = self.callers[caller]
        request = client.build_request(call.route.method, address, **_content(call, fills, names))
        if key is not None:
            request.headers["Authorization"] = f"Bearer {key}"
        answer = client.send(request, stream=True)
        if not answer.headers.get("content-type", "").startswith("text/event-stream"):
            answer.read()
        answer.close()
        return answer


def outcome_of(answer: httpx2.Response, call: Call) -> Outcome | str:
    """Or the answer in words, where it is none of them."""
    if answer.status_code == 401 and call.route.permission == LINK:
        return Outcome.INVISIBLE
    if answer.status_code in _STATUSES:
        return _STATUSES[answer.status_code]
    if answer.is_success or answer.status_code in (302, 303, 304):
        return Outcome.ALLOWED
    if answer.status_code == 409:  # only somebody who was let through learns how things stand
        return Outcome.ALLOWED
    code = answer.json().get("code", "") if answer.content else ""
    return Outcome.ALLOWED if code in call.recipe.passes else f"{answer.status_code} {code}: {answer.text}"


def _content(call: Call, fills: Mapping[str, str], names: Mapping[str, str]) -> dict[str, Any]:
    if call.recipe.upload:
        return {"data": fills, "files": {"file": ("song.wav", wav(0.1))}}
    body = call.body
    return {} if body is None else {"json": _filled(body, names)}


def _filled(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return value.format_map(names) if value.startswith("{") else value
    if isinstance(value, Mapping):
        return {key: _filled(one, names) for key, one in value.items()}
    return [_filled(one, names) for one in value] if isinstance(value, list) else value


def set_stage(site: Site) -> Stage:
    site.app.state.passwords.close()
    site.app.state.passwords = Passwords(PlainHasher())  # many sign-ins, none of which is about hashing
    stage = Stage(site)
    people = {one: _sign_up(site, one.value) for one in Caller if one is not Caller.VISITOR}
    another = _sign_up(site, "another")
    stage.callers = {caller: person.client for caller, person in people.items()}
    stage.emails = {caller: person.email for caller, person in people.items()}
    stage.callers[Caller.VISITOR] = site.client()
    _hide_music(stage, people[Caller.STRANGER])
    owner, city = people[Caller.OWNER].client, "Rust Harbour"
    party = _found(people[Caller.OWNER], "Tide Tables")
    venue = owner.post("/api/v1/venues", json={"name": "The Ebb", "city": city}).json()["id"]
    label = {"name": "Low Water", "city": city, "type": "label"}
    organiser = owner.post("/api/v1/organisers", json=label).json()["id"]
    stage.ids |= {"party": party, "venue": venue, "organiser": organiser}
    stage.ids |= {"password": PASSWORD, "anothers_email": another.email}
    roles = {one.id: caller.role for caller, one in people.items() if caller is not Caller.OWNER}
    for account, role in {**roles, _sign_up(site, "second").id: Role.OWNER, another.id: Role.MEMBER}.items():
        for profile in (party, venue, organiser) if role else ():
            site.sql(GIVE_ROLE, profile, account, str(role))
    for caller, person in people.items():
        if caller.scene_role is not None:
            site.sql(GIVE_SCENE_ROLE, person.id, caller.scene_role.value)
        stage.own[caller] = {
            "own_session": _session(person),
            "own_deletion": _delete_history(person),
            "own_key": _make_key(person, Scope.READ)["key"]["id"],
        }
    session = _session(another)
    key = _make_key(another, Scope.READ)["key"]["id"]
    stage.ids |= {"anothers_key": key, "own_key": key}
    for scope in KEY_SCOPES:
        stage.keys[scope] = _make_key(people[Caller.OWNER], scope)["secret"]
    stage.personal = [(None, another.email), (None, session), *stage.emails.items()]
    stage.personal += [(caller, own["own_session"]) for caller, own in stage.own.items()]
    stage.ids |= {"another_member": another.id, "anothers_session": session, "own_session": session}
    stage.ids["refresh_token"] = _sign_in(site.client(), another.email)["refresh_token"]
    _make_music(stage, owner, party)
    _make_shows(stage, owner)
    reported = {"kind": "track", "subject_id": stage.ids["published_track"], "reason": "spam"}
    assert stage.callers[Caller.LISTENER].post("/api/v1/reports", json=reported).status_code == 201
    stage.ids["case"] = str(site.sql("SELECT id FROM accounts.moderation_case")[0]["id"])
    _claim_profile(stage, people, another)
    stage.ids["mail"] = str(site.sql("SELECT id FROM platform.mail LIMIT 1")[0]["id"])
    stage.ids["held_job"] = str(site.sql(HOLD_JOB)[0]["id"])
    stage.ids["legal_page"] = "terms"
    stage.ids["first_admin_token"] = first_admin_token(site.app.state.secrets)
    leaving = _sign_up(site, "leaving")
    leaving.client.post("/api/v1/me/erasure", json={"password": PASSWORD})
    stage.ids["leaving_email"] = leaving.email
    stub = {"kind": "venue", "name": "The Unclaimed", "city": city}
    answer = people[Caller.MODERATOR].client.post("/api/v1/profiles", json=stub)
    stage.ids |= {"stub": answer.json()["id"], "legal_page": "terms"}
    deletion = _delete_history(another)
    stage.ids |= {
        "anothers_deletion": deletion,
        "own_deletion": deletion,
        "new_id": str(uuid4()),
        "wrong_secret": WRONG_SECRET,
    }
    invited = owner.post(f"/api/v1/profiles/{party}/invitations", json={"role": "member"}).json()
    stage.ids |= {"invitation": invited["id"], "invitation_token": invited["token"]}
    return stage


def _claim_profile(stage: Stage, people: Mapping[Caller, "_Person"], another: "_Person") -> None:
    """Everybody says that one page, which nobody owns, is theirs; the moderators have another's words."""
    stub = {"kind": "venue", "name": "The Neap", "city": "Rust Harbour", "website": "neap.example"}
    page = stage.callers[Caller.MODERATOR].post("/api/v1/profiles", json=stub).json()["id"]
    for caller, person in people.items():
        stage.own[caller]["own_claim"] = person.client.post(f"/api/v1/profiles/{page}/claims").json()["id"]
    claim = another.client.post(f"/api/v1/profiles/{page}/claims").json()["id"]
    another.client.put(f"/api/v1/claims/{claim}/words", json={"words": "ours"})
    stage.ids |= {"anothers_claim": claim, "own_claim": claim}


def sign_in_again(stage: Stage, caller: Caller) -> None:
    """After something has ended the caller's session."""
    client = stage.callers[caller]
    token = _sign_in(stage.site.client(), stage.emails[caller]).get("access_token")
    if token:
        client.headers["Authorization"] = f"Bearer {token}"


@dataclass(frozen=True, slots=True)
class _Person:
    id: str
    email: str
    client: httpx2.Client


def _sign_up(site: Site, name: str) -> _Person:
    client, email = site.client(), f"{name}@matrix.example.org"
    new = {"email": email, "password": PASSWORD, "display_name": name.title(), "born": BORN}
    account = client.post("/api/v1/accounts", json=new)
    assert account.status_code == 201, account.text
    client.headers["Authorization"] = f"Bearer {_sign_in(client, email)['access_token']}"
    return _Person(account.json()["id"], email, client)


def _sign_in(client: httpx2.Client, email: str) -> dict[str, str]:
    return client.post("/api/v1/sessions", json={"email": email, "password": PASSWORD}).json()


def _session(person: _Person) -> str:
    """Of one more session than that which asks."""
    _sign_in(person.client, person.email)
    return person.client.get("/api/v1/me/sessions").json()["items"][0]["id"]


def _make_key(person: _Person, scope: Scope) -> Any:
    new = {"kind": "api_key", "name": f"A key of {person.email}", "scopes": [scope.value]}
    answer = person.client.post("/api/v1/me/keys", json=new)
    assert answer.status_code == 201, answer.text
    return answer.json()


def _delete_history(person: _Person) -> str:
    """All of it, as can be undone."""
    deletion = str(uuid4())
    answer = person.client.put(f"/api/v1/me/history/deletions/{deletion}", json={})
    assert answer.status_code == 200, answer.text
    return deletion


def _found(person: _Person, name: str) -> str:
    return person.client.post("/api/v1/artists", json={"name": name, "city": "Rust Harbour"}).json()["id"]


def _make_music(stage: Stage, client: httpx2.Client, party: str) -> None:
    for publication in ("draft", "published"):
        new = {"artist_id": party, "title": f"A {publication} release", "kind": "ep"}
        release = client.post("/api/v1/releases", json=new).json()["id"]
        fields = {"artist_id": party, "title": f"A {publication} track", "release_id": release}
        stage.ids[f"{publication}_release"] = release
        stage.ids[f"{publication}_track"] = _upload(client, fields)
    client.post(f"/api/v1/releases/{stage.ids['published_release']}/publish")
    deleted = stage.ids["deleted_track"] = _upload(client, {"artist_id": party, "title": "A deleted track"})
    client.delete(f"/api/v1/tracks/{deleted}")
    stage.ids["failed_step"] = "peaks"
    stage.site.sql(
        "UPDATE ingest.step SET status = 'failed', error = 'broken', finished_at = now() WHERE name = 'peaks'"
    )


def _make_shows(stage: Stage, client: httpx2.Client) -> None:
    """In the owner's room, with the party on the bill: one published, and a draft."""
    room = client.post(f"/api/v1/venues/{stage.ids['venue']}/rooms", json={"name": "Cellar"})
    stage.ids["room"] = room.json()["id"]
    times = {"zone": "Europe/Berlin", "starts": "2199-12-05T20:00"}
    for state in ("draft", "published"):
        new = {"owner_id": stage.ids["party"], "title": f"A {state} show", "times": times}
        show = client.post("/api/v1/shows", json={**new, "where": {"room_id": stage.ids["room"]}})
        assert show.status_code == 201, show.text
        show_id = stage.ids[f"{state}_show"] = show.json()["id"]
        lineup = {"acts": [{"artist_id": stage.ids["party"]}]}
        acts = client.put(f"/api/v1/shows/{show_id}/lineup", json=lineup).json()["acts"]
        stage.ids["act"] = acts[0]["id"]
    assert client.post(f"/api/v1/shows/{stage.ids['published_show']}/publish").status_code == 200


def _hide_music(stage: Stage, stranger: _Person) -> None:
    """Of a party that none of the others belongs to: nobody hears of it."""
    party = _found(stranger, "Spring Tide")
    new = {"artist_id": party, "title": "Quenched Lantern", "kind": "ep"}
    release = stranger.client.post("/api/v1/releases", json=new).json()["id"]
    track = _upload(stranger.client, {"artist_id": party, "title": "Unlit Harbour", "release_id": release})
    stage.ids["strangers_party"] = party
    stage.ids |= {"strangers_release": release, "strangers_track": track}
    stage.secrets = [(Caller.STRANGER, "Quenched Lantern"), (Caller.STRANGER, "Unlit Harbour")]


def _upload(client: httpx2.Client, fields: Mapping[str, str]) -> str:
    seed = len(fields["title"])
    answer = client.post("/api/v1/tracks", data=fields, files={"file": ("song.wav", wav(0.2, seed=seed))})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]
