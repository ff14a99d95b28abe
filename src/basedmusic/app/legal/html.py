"""A legal page as HTML for readers without scripts."""

from html import escape

from basedmusic.app.legal.texts import TITLES, Document, Section


def render(document: Document) -> str:
    note = f"<p><strong>{escape(document.incomplete)}</strong></p>" if document.incomplete else ""
    others = "".join(
        f'<li><a href="/legal/{page}">{escape(title)}</a></li>' for page, title in TITLES.items()
    )
    sections = "".join(map(_section, document.sections))
    return f"<main><h1>{escape(document.title)}</h1>{note}{sections}<ul>{others}</ul></main>"


def _section(section: Section) -> str:
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in section.paragraphs)
    return f"<h2>{escape(section.heading)}</h2>{paragraphs}{_table(section)}"


def _table(section: Section) -> str:
    if not section.rows:
        return ""
    rows = "".join(
        f"<tr><td>{escape(row.what)}</td><td>{escape(row.exported)}</td><td>{escape(row.erased)}</td></tr>"
        for row in section.rows
    )
    head = "<tr><th>What</th><th>Your export has</th><th>Erasing</th></tr>"
    return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
