"""The secret address by which a phone reads a group's calendar without signing in.

The address is signed for one person and one group. It opens nothing by itself: on every request it
is asked what that person may see today. A new password makes a new address, so that one that went
astray can be shut.
"""

from __future__ import annotations

from datetime import date

from django.core.signing import BadSignature, Signer

from kongthun.accounts.models import User
from kongthun.accounts.reach import Deed, Reach, reach_of
from kongthun.groups.models import Group

# Who may open the page of the calendar may read it on a phone.
CALENDAR_DEEDS = (Deed.SEE_FUND, Deed.SEE_OWN_HOUSEHOLD)
_SEPARATOR = "."


def feed_token(user: User, group: Group) -> str:
    """The part of the address that nobody can guess."""
    return _signer(user).sign(f"{user.pk}-{group.pk}")


def feed_reader(token: str, group: Group, day: date) -> Reach | None:
    """What the person may see whose address this is; None where it opens nothing today."""
    told = token.partition(_SEPARATOR)[0].partition("-")[0]
    if not (told.isascii() and told.isdigit() and len(told) < 19):
        return None
    user = User.objects.filter(pk=int(told), is_active=True).first()
    if user is None or not _is_signed(token, user, group):
        return None
    reach = reach_of(user, day)
    is_open = any(
        reach.may(deed, area_code=group.area_code, group_id=group.pk) for deed in CALENDAR_DEEDS
    )
    return reach if is_open else None


# --- below the line -------------------------------------------------------------------------


def _signer(user: User) -> Signer:
    # The password goes into the key, never into the address.
    return Signer(sep=_SEPARATOR, salt=f"kongthun.calendar:{user.password}")


def _is_signed(token: str, user: User, group: Group) -> bool:
    try:
        return _signer(user).unsign(token) == f"{user.pk}-{group.pk}"
    except BadSignature:
        return False
