"""What the mails of this slice say. Pure: words in, a mail out.

Each says what happened and what to do if it was somebody else, asks for nothing but its one link, and never
names what could be used without it.
"""

from datetime import datetime

from basedmusic.accounts.contracts import Account, Key, KeyKind, Whereabouts
from basedmusic.accounts.tokens import Secret
from basedmusic.platform.mail import Letterhead, Mail, compose


def verify_mail(letterhead: Letterhead, to: str, name: str, secret: Secret, good_until: datetime) -> Mail:
    text, html = compose(
        letterhead.scene_name,
        [
            f"Please confirm that this is your address, so that {letterhead.scene_name} can reach you and nobody"
            " else uses it. The link works once and holds for three days.",
            "If you have not signed up, do nothing: whoever typed your address can't confirm it.",
        ],
        greeting=f"Hello {name},",
        action=("Confirm this address", letterhead.link("/verify", secret.text)),
    )
    subject = f"Confirm your address for {letterhead.scene_name}"
    return Mail(to, subject, text, html, "verify_email", good_until, proves_address=True)


def reset_mail(letterhead: Letterhead, to: str, name: str, secret: Secret, good_until: datetime) -> Mail:
    text, html = compose(
        letterhead.scene_name,
        [
            "Somebody, you we hope, has forgotten the password of your account. With this link you choose a new"
            " one; it works once and holds for one hour.",
            "If it was not you, do nothing: your password stays as it is.",
        ],
        greeting=f"Hello {name},",
        action=("Choose a new password", letterhead.link("/reset", secret.text)),
    )
    subject = f"A new password for {letterhead.scene_name}"
    return Mail(to, subject, text, html, "reset_password", good_until)


def password_changed_mail(letterhead: Letterhead, to: str, name: str) -> Mail:
    text, html = compose(
        letterhead.scene_name,
        [
            "The password of your account was changed.",
            "If it was not you, choose a new one now: press “Forgot the password?” where one signs in.",
        ],
        greeting=f"Hello {name},",
        action=("Choose a new password", letterhead.link("/forgot")),
    )
    return Mail(to, "Your password was changed", text, html, "password_changed")


def change_mail(letterhead: Letterhead, to: str, name: str, secret: Secret, good_until: datetime) -> Mail:
    text, html = compose(
        letterhead.scene_name,
        [
            "Your account is to have this address from now on. Confirm it with this link, which works once and"
            " holds for a day; until then the old address stays.",
            "If you know nothing of it, do nothing.",
        ],
        greeting=f"Hello {name},",
        action=("Confirm the new address", letterhead.link("/verify", secret.text)),
    )
    subject = f"Confirm your new address for {letterhead.scene_name}"
    return Mail(to, subject, text, html, "change_email", good_until, proves_address=True)


def change_asked_mail(letterhead: Letterhead, to: str, name: str, new: str) -> Mail:
    """To the old address, which is still the account's."""
    text, html = compose(
        letterhead.scene_name,
        [
            f"Somebody who knows your password, you we hope, wants your account to have another address: {new}."
            " It changes once that address is confirmed.",
            "If it was not you, choose a new password now: that ends the change and signs everybody out.",
        ],
        greeting=f"Hello {name},",
        action=("Choose a new password", letterhead.link("/forgot")),
    )
    return Mail(to, "Another address for your account", text, html, "email_change_asked")


def changed_mail(letterhead: Letterhead, to: str, name: str, new: str, secret: Secret) -> Mail:
    """To the old address."""
    text, html = compose(
        letterhead.scene_name,
        [
            f"Your account has a new address now: {new}. Mail to you goes there.",
            "If it was not you, take the account back with this link. It holds for seven days, signs everybody out,"
            " ends all keys of programs, and lets you choose a new password.",
        ],
        greeting=f"Hello {name},",
        action=("It was not me: take it back", letterhead.link("/take-back", secret.text)),
    )
    return Mail(to, "The address of your account was changed", text, html, "email_changed")


def key_made_mail(letterhead: Letterhead, to: str, name: str, key: Key) -> Mail:
    what = "An app password" if key.kind is KeyKind.APP_PASSWORD else "A key for a program"
    text, html = compose(
        letterhead.scene_name,
        [
            f"{what} was made for your account: “{key.name}”. It works until it is taken back"
            f"{f' or ends on {key.expires_at:%d %B %Y}' if key.expires_at else ''}.",
            "If it was not you, take it back in the settings, and change your password.",
        ],
        greeting=f"Hello {name},",
        action=("Open the settings", letterhead.link("/settings")),
    )
    return Mail(to, f"{what} was made for your account", text, html, "key_made")


def new_sign_in_mail(letterhead: Letterhead, account: Account, seen: Whereabouts, now: datetime) -> Mail:
    place = f"{seen.place} time" if seen.place else ""
    about = ", ".join(part for part in (seen.device or "a program or browser", place, seen.network) if part)
    text, html = compose(
        letterhead.scene_name,
        [
            f"Somebody signed in to your account with something new: {about}, on {now:%d %B %Y at %H:%M} UTC.",
            "If it was you, there is nothing to do. If not, choose a new password: that signs everybody out.",
        ],
        greeting=f"Hello {account.display_name},",
        action=("Choose a new password", letterhead.link("/forgot")),
    )
    return Mail(account.email, f"A new sign-in: {about}", text, html, "new_sign_in")
