"""Who is too young, and who is not of age."""

from basedmusic.kernel.errors import NotAllowed


class TooYoung(NotAllowed):
    code = "too_young"
    title = "You can't have an account here yet; everybody may listen without one"


class MinorsStayPrivate(NotAllowed):
    code = "minors_stay_private"
    title = "Until you are 18 nobody can find and follow you by name"
