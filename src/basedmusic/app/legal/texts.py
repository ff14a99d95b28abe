"""What the legal pages say. Pure: the operator's words and the tables' policies in, a document out.

The texts are ours and a beginning, no legal advice: an operator reads them before others use the scene. What they
answer to: the imprint of a service (Directive 2000/31/EC art. 5), points of contact, terms and notices (Regulation
(EU) 2022/2065 art. 11, 12, 14, 16), information about personal data (Regulation (EU) 2016/679 art. 13).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from basedmusic.accounts import ADULT_AGE
from basedmusic.kernel.privacy import TablePolicy
from basedmusic.platform.settings import Settings


class LegalPage(StrEnum):
    TERMS = "terms"
    PRIVACY = "privacy"
    IMPRINT = "imprint"
    NOTICE = "notice"


TITLES = {
    LegalPage.TERMS: "Terms",
    LegalPage.PRIVACY: "Privacy",
    LegalPage.IMPRINT: "Imprint",
    LegalPage.NOTICE: "Report something illegal",
}


@dataclass(frozen=True, slots=True)
class Operator:
    """Who answers for the scene; each is empty until it is set."""

    scene: str
    name: str
    address: str
    """Lines separated by commas or semicolons, as the operator wrote them."""
    mail: str
    minimum_age: int

    @property
    def missing(self) -> list[str]:
        """The settings that are still to be set."""
        given = {"NAME": self.name, "ADDRESS": self.address, "MAIL": self.mail}
        return [f"BASEDMUSIC_IMPRINT_{part}" for part, text in given.items() if not text]


@dataclass(frozen=True, slots=True)
class Kept:
    """One table, in words."""

    what: str
    exported: str
    erased: str


@dataclass(frozen=True, slots=True)
class Section:
    heading: str
    paragraphs: tuple[str, ...]
    rows: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    page: LegalPage
    title: str
    sections: tuple[Section, ...]
    incomplete: str
    """What the operator has still to set, in words; empty when nothing is missing."""


def operator_of(settings: Settings) -> Operator:
    return Operator(
        settings.scene_name,
        settings.imprint_name,
        settings.imprint_address,
        settings.imprint_mail,
        settings.minimum_age,
    )


def write(page: LegalPage, operator: Operator, policies: Sequence[TablePolicy]) -> Document:
    match page:
        case LegalPage.TERMS:
            sections = _terms(operator)
        case LegalPage.PRIVACY:
            sections = _privacy(operator, policies)
        case LegalPage.IMPRINT:
            sections = _imprint(operator)
        case LegalPage.NOTICE:
            sections = _notice(operator)
    return Document(page, TITLES[page], tuple(sections), _incomplete(operator))


def _incomplete(operator: Operator) -> str:
    if not operator.missing:
        return ""
    return (
        "Whoever runs this server has not said yet who they are, so this page is not complete. "
        "If that is you: `basedmusic doctor` says what to set."
    )


def _who(operator: Operator) -> str:
    return operator.name or "Whoever runs this server"


def _mail(operator: Operator) -> str:
    return operator.mail or "an address that is not set yet"


def _terms(operator: Operator) -> list[Section]:
    return [
        Section(
            "What this is",
            (
                f"{operator.scene} is a place for the music of one town: artists publish, people listen. "
                f"{_who(operator)} runs it.",
                "Using it costs nothing. You need an account to publish, to keep a library and to follow.",
            ),
        ),
        Section("How old you must be", tuple(_ages(operator))),
        Section(
            "What is yours",
            (
                "Your music stays yours. By publishing it here you allow this server to store it, to convert it so "
                "that it can be played, and to play it to whoever may see it, until you take it back.",
                "Publish only what you made or may publish. Who else has a share in it must have agreed.",
            ),
        ),
        Section(
            "What is not welcome",
            (
                "Whatever is against the law; music or pictures that are somebody else's; pretending to be "
                "somebody else; threats, hatred and harassment; unwanted advertising; attacks on the server or "
                "its people.",
            ),
        ),
        Section(
            "What happens then",
            (
                "Everything can be reported, also without an account. People decide about reports, not machines. "
                "They may hide something, take it down, or suspend an account for a time or until further notice.",
                "Whoever a decision is about is told it and its reason, unless the law forbids that. Write to "
                f"{_mail(operator)} if you think that a decision is wrong; somebody looks at it again.",
                "What moderators and admins do is written down in a log that can't be changed afterwards.",
            ),
        ),
        Section(
            "Leaving",
            (
                "You can leave at any time and take your data along, in the settings. What you made together with "
                "others, such as a band's music, stays with them.",
                "The server is run with care but without a promise that it is always there. Keep your own copies.",
            ),
        ),
    ]


def _ages(operator: Operator) -> Iterator[str]:
    yield (
        f"To have an account you must be {operator.minimum_age} or older. "
        "Everybody may look and listen without one."
    )
    if operator.minimum_age < ADULT_AGE:
        yield (
            f"Until you are {ADULT_AGE}, nobody can find and follow you by name, what you hear is not kept "
            "unless you switch that on, and nobody can have an invitation mailed to you."
        )


def _privacy(operator: Operator, policies: Sequence[TablePolicy]) -> list[Section]:
    return [
        Section(
            "Who is responsible",
            (f"{_who(operator)}, reached at {_mail(operator)}. The full address stands in the imprint.",),
        ),
        Section(
            "What for, and on what ground",
            (
                "What you give when you sign up, publish or follow is kept to do just that (GDPR art. 6 (1) b). "
                "Limits against misuse count addresses in memory for at most an hour, and what moderators do is "
                "logged, in the interest of keeping this place safe (art. 6 (1) f).",
                "There is no advertising, no tracking and no company that analyses visits. Nothing is sold. "
                "Cookies keep you signed in; one more, for a day, says that somebody was too young to sign up on "
                "this device. Your device stores what makes the page quick and the things you chose, and is wiped "
                "of it when you sign out.",
                "Whoever signs up says in which month they were born. Of an adult nothing of that is kept; of "
                f"somebody under {ADULT_AGE} the month in which they come of age is, until then, to protect them "
                "(art. 6 (1) f).",
            ),
        ),
        Section(
            "What you may ask",
            (
                "In the settings you can take your data along and erase your account. You may also ask what is "
                f"kept about you, and have it corrected, limited or erased, by writing to {_mail(operator)}; and "
                "you may complain to the data protection authority of where you live.",
            ),
        ),
        Section(
            "What is kept, table by table",
            ("This list is made from the program itself. Each line says what an export and an erasure do.",),
            tuple(Kept(_named(one.table), _sentence(one.export), _sentence(one.erase)) for one in policies),
        ),
    ]


def _imprint(operator: Operator) -> list[Section]:
    return [
        Section("Who runs this server", (_who(operator), operator.address or "The address is not set yet.")),
        Section("How to reach them", (f"By mail: {_mail(operator)}",)),
    ]


def _notice(operator: Operator) -> list[Section]:
    return [
        Section(
            "Where to write",
            (
                f"If you think that something here is against the law, write to {_mail(operator)}. Whatever is "
                "here can also be reported where it stands.",
                "This is also the point of contact for authorities and for everybody who uses this place "
                "(Regulation (EU) 2022/2065, articles 11 and 12). English is always understood.",
            ),
        ),
        Section(
            "What to say",
            (
                "Where it is: the exact address of the page. Why you think that it is illegal. Your name and mail "
                "address, unless it is about the abuse of children. And that you believe what you write to be "
                "right and complete (article 16).",
            ),
        ),
        Section(
            "What happens then",
            (
                "You are told that the notice has arrived. A person decides about it without undue delay and tells "
                "you the decision, and how to have it looked at again.",
            ),
        ),
    ]


def _named(table: str) -> str:
    """`accounts.refresh_token` as words: Accounts, refresh token."""
    schema, _, name = table.partition(".")
    return f"{schema.capitalize()}: {name.replace('_', ' ')}"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith(".") else ".")
