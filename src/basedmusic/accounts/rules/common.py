"""Whether a password is one of those that are tried first. Pure; the list comes as an argument."""

import itertools
import re
from collections.abc import Container, Iterator

FEWEST_CHARACTERS = 4
"""A password made of fewer different ones is a pattern."""
_LEET = str.maketrans("@4310$5!7", "aaeiossit")
_TAIL = re.compile(r"[\W\d_]")
_LEAD = re.compile(r"^[\W\d_]+")


def is_common(password: str, known: Container[str]) -> bool:
    """A known one, also with digits and signs around it, said twice, or with the usual signs for letters; a run of
    neighbours in the alphabet, or a pattern of few characters."""
    text = password.casefold().strip()
    return len(set(text)) < FEWEST_CHARACTERS or _is_run(text) or any(one in known for one in _cores(text))


def _cores(text: str) -> Iterator[str]:
    """What is left when the trivial is taken away."""
    for bare in (text, _LEAD.sub("", text)):
        for head in _heads(bare):
            for said in (head, _unit(head)):
                yield said
                yield said.translate(_LEET)


def _heads(text: str) -> Iterator[str]:
    """`text` without its last digits and signs: none of them, one, two, until a letter is the last."""
    yield text
    end = len(text)
    while end and _TAIL.match(text[end - 1]):
        end -= 1
        yield text[:end]


def _unit(text: str) -> str:
    """What `text` is a repetition of: the text itself at worst."""
    found = (text + text).find(text, 1)
    return text[:found] if 0 < found < len(text) else text


def _is_run(text: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in itertools.pairwise(text)}
    return steps in ({1}, {-1})
