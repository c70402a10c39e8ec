"""What is done at meetings and by their resolutions, what is planned and what was learned."""

from __future__ import annotations

from .adoptions import (
    WrittenRulesAdopted,
    adopt_written_rules,
    read_out_at_meeting,
)
from .attending import (
    MembersMarked,
    PhotoKept,
    keep_photo,
    mark_members,
    take_out_photo,
)
from .calls import CallBecameMeeting, CallKept, call_meeting, cancel_call, hold_call
from .meetings import (
    LONGEST_MINUTES,
    LONGEST_PLACE,
    LONGEST_RESOLUTION,
    MeetingKept,
    ResolutionKept,
    add_resolution,
    change_meeting,
    change_resolution,
    close_meeting,
    keep_minutes,
    mark_attendance,
    open_meeting,
    take_out_resolution,
)
from .plans import (
    DoneKept,
    PlanKept,
    drop_plan,
    plan_activity,
    record_done,
    replace_plan,
    withdraw_done,
)
from .trainings import TrainingKept, record_training, withdraw_training

__all__ = [
    "LONGEST_MINUTES",
    "LONGEST_PLACE",
    "LONGEST_RESOLUTION",
    "CallBecameMeeting",
    "CallKept",
    "DoneKept",
    "MeetingKept",
    "MembersMarked",
    "PhotoKept",
    "PlanKept",
    "ResolutionKept",
    "TrainingKept",
    "WrittenRulesAdopted",
    "add_resolution",
    "adopt_written_rules",
    "call_meeting",
    "cancel_call",
    "change_meeting",
    "change_resolution",
    "close_meeting",
    "drop_plan",
    "hold_call",
    "keep_minutes",
    "keep_photo",
    "mark_attendance",
    "mark_members",
    "open_meeting",
    "plan_activity",
    "read_out_at_meeting",
    "record_done",
    "record_training",
    "replace_plan",
    "take_out_photo",
    "take_out_resolution",
    "withdraw_done",
    "withdraw_training",
]
