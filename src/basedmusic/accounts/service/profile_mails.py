"""What the mails about profiles say. Each names no more than its receiver must know, and asks for one thing."""

from datetime import datetime

from basedmusic.accounts.contracts import Role
from basedmusic.accounts.tokens import Secret
from basedmusic.platform.mail import Letterhead, Mail, compose

_AS = {
    Role.OWNER: "an owner",
    Role.MANAGER: "a manager",
    Role.MEMBER: "a member",
    Role.BOOKER: "a booker",
    Role.DOOR: "somebody at the door",
}


def invitation_mail(
    letterhead: Letterhead, to: str, profile: str, by: str, role: Role, secret: Secret, good_until: datetime
) -> Mail:
    """Alike for an address that has an account and for one that has none."""
    text, html = compose(
        letterhead.scene_name,
        [
            f"{by} invites you to act for {profile} on {letterhead.scene_name} as {_AS[role]}.",
            "The link works once and holds for seven days. Whoever has it can use it, so don't pass it on.",
            f"If you know nothing of {profile}, do nothing.",
        ],
        action=(f"Join {profile}", letterhead.link("/join", secret.text)),
        footer="You get this because somebody typed your address to invite you. Nothing else is sent to it.",
    )
    return Mail(to, f"Join {profile} on {letterhead.scene_name}", text, html, "invitation", good_until)


def claim_mail(letterhead: Letterhead, to: str, profile: str, secret: Secret, good_until: datetime) -> Mail:
    """Says nothing that its asker wrote: it goes to an address that the asker chose."""
    text, html = compose(
        letterhead.scene_name,
        [
            f"Somebody says that the page of {profile} on {letterhead.scene_name} is theirs, and that they read the"
            " mail of this address. If that is you, open the link in the browser in which you are signed in there.",
            "The link works once, for two hours, and only for whoever asked for it.",
            "If it was not you, do nothing: the page stays as it is.",
        ],
        action=(f"{profile} is ours", letterhead.link("/claim", secret.text)),
        footer=f"You get this because the address belongs to the website that {profile} has.",
    )
    return Mail(to, f"Is {profile} yours?", text, html, "claim_profile", good_until)


def closed_mail(letterhead: Letterhead, to: str, profile: str, by: str, gone_at: datetime) -> Mail:
    """To each of the other owners: what one of them did, and how it is taken back."""
    text, html = compose(
        letterhead.scene_name,
        [
            f"{by} has closed {profile} on {letterhead.scene_name}. Nobody finds it or its music any more.",
            f"On {gone_at:%-d %B %Y} all of it is deleted for good. Until then any owner can take that back.",
        ],
        action=(f"See {profile} in the studio", letterhead.link("/studio?view=artists")),
        footer=f"You get this because you own {profile} too.",
    )
    return Mail(to, f"{profile} is closed", text, html, "profile_closed", gone_at)


def decision_mail(
    letterhead: Letterhead, to: str, profile: str, path: str, granted: bool, answer: str
) -> Mail:
    """To the claimant; `answer` is the moderators'."""
    said = (
        f"The moderators have looked at your claim: {profile} is yours now."
        if granted
        else f"The moderators have looked at your claim on {profile} and did not grant it. The page stays as it is."
    )
    answered = [f"They write:\n{answer}"] if answer else []
    text, html = compose(
        letterhead.scene_name, [said, *answered], action=(f"See {profile}", letterhead.link(path))
    )
    return Mail(to, f"Your claim on {profile}", text, html, "claim_decided")
