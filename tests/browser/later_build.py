"""A version of the page that comes after the one that was built: the same, under other names, and knows it."""

import re
import shutil
from pathlib import Path

from basedmusic.app.pages.shell import BuiltPage


def later_build(page: BuiltPage, folder: Path) -> BuiltPage:
    """Every script under another name, as its content's hash would have it, and nothing under the old ones."""
    shutil.copytree(page.folder, folder, ignore=shutil.ignore_patterns("*.br", "*.gz"))
    names = [path.name for path in (folder / "assets").glob("*.js")]
    any_name = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    for path in [*folder.rglob("*.js"), folder / "index.html"]:
        path.write_text(any_name.sub(lambda found: later(found[0]), path.read_text()))
        if path.name in names:
            path.rename(path.with_name(later(path.name)))
    (entry,) = re.findall(r'src="/(assets/index-[^"]+\.js)"', (folder / "index.html").read_text())
    with (folder / entry).open("a") as script:
        script.write("\nwindow.later = true;\n")
    worker = folder / "sw.js"
    worker.write_text(re.sub(r"`[0-9a-f]{12}`", "`1a7e51a7e51a`", worker.read_text(), count=1))
    return BuiltPage(folder)


def later(name: str) -> str:
    return name.removesuffix(".js") + "-later.js"
