"""Taking the content of a group's paper away: who may, and why (docs/rules/evidence.md)."""

from __future__ import annotations

from kongthun.accounts.reach import Deed, Reach
from kongthun.audit.papers import PaperRedacted, redact_paper, refusals_of_redaction

from ..models import Group
from ..paper_refusals import NotDone


def redact(*, group: Group, number: int, reason: str, by: Reach) -> PaperRedacted | NotDone:
    """Redact the paper of this number in the group's record; its place in the chain stays.

    ``reason`` is read by everybody who sees names here, so it says what kind of thing was seen and
    never repeats it.
    """
    entitled = by.refusals(Deed.REDACT_EVIDENCE, area_code=group.area_code, group_id=group.pk)
    if entitled:
        against = refusals_of_redaction(number, fund_id=group.pk, reason=reason)
        return NotDone((*entitled, *against))
    done = redact_paper(
        number, fund_id=group.pk, area_code=group.area_code, reason=reason, user_id=by.user_id
    )
    return done if isinstance(done, PaperRedacted) else NotDone(done)
