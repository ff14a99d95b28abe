"""How a mail looks: the same in plain text and in HTML, with nothing fetched from anywhere.

Pure. Mail programs know little CSS and no style sheets, so every rule stands at its element; colours are set as
pairs, so that a program's dark mode that turns one turns both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import fill
from urllib.parse import quote

LINE = 72
"""Columns of plain text (RFC 3676 §4.2 recommends 78 at most)."""

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>{title}</title>
</head>
<body style="margin:0;padding:24px 16px;background-color:#FBF8F3;color:#14110F;font:16px/1.5 system-ui,sans-serif">
<div style="max-width:34em;margin:0 auto">
<p style="margin:0 0 24px;font-weight:700;font-size:21px">{scene}</p>
{body}
<p style="margin:32px 0 0;padding-top:12px;border-top:1px solid #E5DED3;color:#6B645C;font-size:13px">{footer}</p>
</div>
</body>
</html>
"""
_PARAGRAPH = '<p style="margin:0 0 16px">{}</p>'
_ACTION = (
    '<p style="margin:24px 0"><a href="{url}" style="display:inline-block;padding:12px 20px;border-radius:6px;'
    'background-color:#FF4B2B;color:#14110F;font-weight:600;text-decoration:none">{label}</a></p>\n'
    '<p style="margin:0 0 16px;color:#6B645C;font-size:13px;overflow-wrap:anywhere">{url}</p>'
)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose mail it is, and where its links lead."""

    scene_name: str
    address: str

    def link(self, path: str, secret: str = "") -> str:
        """A page's address; a secret stands after the #, which a browser sends to no server."""
        return f"{self.address}{path}" + (f"#{quote(secret)}" if secret else "")


def compose(
    scene_name: str,
    paragraphs: Sequence[str],
    *,
    greeting: str = "",
    action: tuple[str, str] | None = None,
    footer: str = "",
) -> tuple[str, str]:
    """Text and HTML of the same words. `action` is what to press, and the address it leads to."""
    said = [*([greeting] if greeting else []), *paragraphs]
    last = footer or f"You get this because your address is known to {scene_name}."
    return _text(scene_name, said, action, last), _html(scene_name, said, action, last)


def _text(scene: str, said: Sequence[str], action: tuple[str, str] | None, footer: str) -> str:
    # An address is never broken over two lines: half of it would be pressed.
    pressed = [f"{action[0]}:\n{action[1]}"] if action else []
    return "\n\n".join([*map(_wrapped, said), *pressed, f"-- \n{scene}\n{_wrapped(footer)}"]) + "\n"


def _html(scene: str, said: Sequence[str], action: tuple[str, str] | None, footer: str) -> str:
    parts = [_PARAGRAPH.format(escape(paragraph).replace("\n", "<br>")) for paragraph in said]
    if action:
        parts.append(_ACTION.format(label=escape(action[0]), url=escape(action[1])))
    name = escape(scene)
    return _PAGE.format(title=name, scene=name, body="\n".join(parts), footer=escape(footer))


def _wrapped(paragraph: str) -> str:
    lines = paragraph.splitlines()
    return "\n".join(fill(line, LINE, break_long_words=False, break_on_hyphens=False) for line in lines)
