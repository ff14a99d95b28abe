"""What a person's browser asks for: pages with their head before any script, and the built files."""

from basedmusic.app.pages.routes import mount

__all__ = ["mount"]
