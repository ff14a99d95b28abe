"""No request holds one database connection while its viewer waits for a second.

With as many such requests at once as the pool has connections, each would wait for the others until it
times out.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from fastapi import APIRouter, Depends, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from basedmusic.accounts.viewer import CurrentViewer, SignedIn, find_viewer
from basedmusic.app.web import build_app
from basedmusic.platform.http.database import ReadConnection, Transaction
from basedmusic.platform.settings import read_settings

HOLDING = {metadata.dependency for held in (Transaction, ReadConnection) for metadata in get_args(held)[1:]}


def api_routes(routes: list[BaseRoute]) -> Iterator[APIRoute]:
    """Through included routers too, which FastAPI keeps as they were included."""
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        nested = getattr(route, "original_router", None)
        if nested is not None:
            yield from api_routes(nested.routes)


def in_order(dependant: Dependant) -> Iterator[object]:
    for one in dependant.dependencies:
        yield from in_order(one)
        yield one.call


def asks_too_late(route: APIRoute) -> bool:
    calls = list(in_order(route.dependant))
    held = [place for place, call in enumerate(calls) if call in HOLDING]
    return find_viewer in calls and bool(held) and held[0] < calls.index(find_viewer)


def test_every_route_finds_its_viewer_before_it_takes_a_connection(tmp_path: Path):
    app = build_app(read_settings({"BASEDMUSIC_DATA": str(tmp_path)}))
    routes = list(api_routes(app.routes))
    assert len(routes) > 20
    assert [route.path for route in routes if asks_too_late(route)] == []


def test_control_a_route_in_the_wrong_order_is_found():
    router = APIRouter()

    @router.get("/wrong")
    async def wrong(tx: Transaction, viewer: SignedIn) -> None: ...

    @router.get("/wrong-too")
    async def wrong_too(conn: ReadConnection, viewer: CurrentViewer) -> None: ...

    @router.get("/right")
    async def right(viewer: SignedIn, tx: Transaction) -> None: ...

    app = FastAPI(dependencies=[Depends(lambda: None)])
    app.include_router(router)
    assert [route.path for route in api_routes(app.routes) if asks_too_late(route)] == [
        "/wrong",
        "/wrong-too",
    ]
