"""Who may do what, by law."""

from hypothesis import given
from hypothesis import strategies as st

from basedmusic.accounts import Role, Verb
from basedmusic.accounts.rules import permissions
from basedmusic.accounts.rules.permissions import PERMISSIONS, can, can_give_role

PROFILE_ROLES = (Role.OWNER, Role.MANAGER, Role.MEMBER, Role.BOOKER, Role.DOOR)
held = st.sampled_from([None, *PROFILE_ROLES])


def test_every_verb_has_a_line_and_a_function_that_agrees_with_it():
    assert set(PERMISSIONS) == set(Verb)
    for verb in Verb:
        asked = getattr(permissions, f"can_{verb}")
        for role in (None, *Role):
            assert asked(role) == can(role, verb), (verb, role)


def test_an_owner_may_do_everything_and_a_stranger_nothing():
    assert all(can(Role.OWNER, verb) for verb in Verb)
    assert not any(can(None, verb) for verb in Verb)
    assert not any(can(role, verb) for role in (Role.ADMIN, Role.MODERATOR) for verb in Verb)


@given(giver=held, current=held, wanted=held)
def test_nobody_makes_or_unmakes_their_equal_but_owners(
    giver: Role | None, current: Role | None, wanted: Role | None
):
    if can_give_role(giver, current, wanted):
        assert giver is Role.OWNER or (
            giver is Role.MANAGER and not {current, wanted} & {Role.OWNER, Role.MANAGER}
        )


@given(current=held, wanted=held)
def test_owners_do_as_they_like(current: Role | None, wanted: Role | None):
    assert can_give_role(Role.OWNER, current, wanted)
