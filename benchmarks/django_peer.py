"""The peer for signing in: Django with REST framework and simplejwt under gunicorn, on the same PostgreSQL.

The same argon2id parameters, sessions in the database, access tokens of 15 minutes, refresh tokens that rotate and
are kept off when used. It lives in a virtual environment of its own, made by uv at these versions.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from benchmarks.processes import end
from benchmarks.results import PeerMissing
from benchmarks.scene import free_port
from benchmarks.talk import Talk

PACKAGES = (
    "django==5.2.19",
    "djangorestframework==3.18.3",
    "djangorestframework-simplejwt==5.5.1",
    "psycopg[binary,pool]==3.3.9",
    "argon2-cffi==25.1.0",
    "gunicorn==27.0.1",
)
NAME = "Django 5.2.19, simplejwt"
THREADS = 8
READY_S = 30.0
EMAIL, PASSWORD = "peer{number}@example.org", "four words of a peer"

SITE = """\
import os
import sys
from datetime import timedelta

sys.modules["peer"] = sys.modules[__name__]  # also where it is run: Django looks its hasher up by that name

from django.conf import settings

settings.configure(
    SECRET_KEY="measured" * 8, ALLOWED_HOSTS=["*"], ROOT_URLCONF="peer", USE_TZ=True,
    DATABASES={"default": {
        "ENGINE": "django.db.backends.postgresql", "NAME": os.environ["PEER_DB"], "USER": os.environ["PEER_USER"],
        "PASSWORD": os.environ["PEER_PASSWORD"], "HOST": os.environ["PEER_HOST"], "PORT": os.environ["PEER_PORT"],
        "CONN_MAX_AGE": None,
    }},
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
                    "rest_framework", "rest_framework_simplejwt.token_blacklist"],
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware",
                "django.contrib.auth.middleware.AuthenticationMiddleware"],
    PASSWORD_HASHERS=["peer.Argon2"], DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    REST_FRAMEWORK={"DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework_simplejwt.authentication.JWTAuthentication",
        "rest_framework.authentication.SessionAuthentication"],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"]},
    SIMPLE_JWT={"ACCESS_TOKEN_LIFETIME": timedelta(minutes=15), "REFRESH_TOKEN_LIFETIME": timedelta(days=30),
                "ROTATE_REFRESH_TOKENS": True, "BLACKLIST_AFTER_ROTATION": True},
)
from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    time_cost, memory_cost, parallelism = 1, 47_104, 1


import django

django.setup()
from django.contrib.auth import authenticate, login
from django.core.wsgi import get_wsgi_application
from django.urls import path
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework_simplejwt.views import TokenObtainPairView, TokenRefreshView


class Login(APIView):
    authentication_classes, permission_classes = [], []

    def post(self, request):
        user = authenticate(request._request, **request.data)
        if user is None:
            return Response(status=401)
        login(request._request, user)
        return Response({"id": user.id}, status=201)


class Me(APIView):
    permission_classes = [IsAuthenticated]

    def get(self, request):
        user = request.user
        profiles = [group.name for group in user.groups.all()]
        return Response({"id": user.id, "email": user.email, "name": user.first_name, "profiles": profiles})


urlpatterns = [path("tokens", TokenObtainPairView.as_view()), path("refresh", TokenRefreshView.as_view()),
               path("cookie", Login.as_view()), path("me", Me.as_view())]
application = get_wsgi_application()

if __name__ == "__main__":
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    for number in range(int(os.environ["PEER_PEOPLE"])):
        name = "%s"
        email = name.format(number=number)
        User.objects.create_user(email, email, "%s", first_name="Peer")
""" % (EMAIL, PASSWORD)  # noqa: UP031 - the text is full of braces


def credentials(number: int) -> dict[str, str]:
    return {"username": EMAIL.format(number=number), "password": PASSWORD}


@dataclass
class Django:
    port: int
    process: "subprocess.Popen[bytes]"

    @property
    def pid(self) -> int:
        return self.process.pid

    def tokens(self, number: int) -> dict[str, str]:
        return json.loads(Talk(self.port).ask("POST", "/tokens", credentials(number)).body)

    def cookie(self, number: int) -> str:
        answer = Talk(self.port).ask("POST", "/cookie", credentials(number))
        return answer.headers["set-cookie"].partition(";")[0]


@contextmanager
def running_django(folder: Path, database: dict[str, str], people: int) -> Generator[Django]:
    """With `people` accounts in `database`; ended with everything it started."""
    python = _environment(folder)
    (folder / "peer.py").write_text(SITE)
    environ = {"PATH": os.environ["PATH"], "HOME": str(folder), "PEER_PEOPLE": str(people), **database}
    subprocess.run([python, "peer.py"], cwd=folder, env=environ, check=True)
    port = free_port()
    command = [python, "-m", "gunicorn", "peer:application", "-b", f"127.0.0.1:{port}", "-k", "gthread"]
    command += ["-w", "1", "--threads", str(THREADS), "--keep-alive", "75"]
    with (folder / "gunicorn.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environ, stdout=log, stderr=log)
    try:
        _wait(port)
        yield Django(port, process)
    finally:
        end(process)


def _environment(folder: Path) -> str:
    """The interpreter with PACKAGES. Raises PeerMissing."""
    folder.mkdir(parents=True, exist_ok=True)
    here = Path(__file__).parent.parent / ".tools" / "bin" / "uv"
    uv = str(here) if here.exists() else which("uv")
    if uv is None:
        raise PeerMissing("uv is needed to make Django's environment: make .tools/synced")
    python = folder / "venv" / "bin" / "python"
    try:
        subprocess.run([uv, "venv", "-q", "--python", sys.executable, str(folder / "venv")], check=True)
        subprocess.run([uv, "pip", "install", "-q", "--python", str(python), *PACKAGES], check=True)
    except subprocess.CalledProcessError as error:
        raise PeerMissing(f"Django could not be installed: {error}") from error
    return str(python)


def _wait(port: int) -> None:
    limit = time.monotonic() + READY_S
    while time.monotonic() < limit:
        try:
            if Talk(port).ask("GET", "/me").status in (401, 403):
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError("Django did not become ready")
