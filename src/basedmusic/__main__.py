"""`python -m basedmusic` is the `basedmusic` command."""

from basedmusic.app.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
