"""What an operator can type stands in the guide for operators."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from basedmusic.app.cli import _parser  # pyright: ignore[reportPrivateUsage]  # the one description of them

GUIDE = (Path(__file__).parents[3] / "docs" / "operators.md").read_text("utf-8")


def _typed(parser: argparse.ArgumentParser, called: str = "basedmusic") -> Iterator[str]:
    for action in parser._actions:  # pyright: ignore[reportPrivateUsage]  # argparse has no public list
        if isinstance(action, argparse._SubParsersAction):  # pyright: ignore[reportPrivateUsage]
            for name, sub in action.choices.items():
                yield f"{called} {name}"
                yield from _typed(sub, f"{called} {name}")
        yield from (option for option in action.option_strings if option not in ("-h", "--help"))


@pytest.mark.parametrize("word", sorted(set(_typed(_parser()))))
def test_is_in_the_guide(word: str):
    assert f"`{word}" in GUIDE or f"{word}`" in GUIDE, f"docs/operators.md does not mention {word}"
