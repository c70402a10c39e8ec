"""What people do with questionnaires: adopt them, answer them, judge an area by its books."""

from __future__ import annotations

from .assessments import (
    AnswersKept,
    AreaAssessed,
    Begun,
    Finished,
    Said,
    answer_section,
    assess_from_books,
    begin_assessment,
    finish_assessment,
    withdraw_assessment,
)
from .questionnaires import VersionKept, save_questionnaire, withdraw_questionnaire

__all__ = [
    "AnswersKept",
    "AreaAssessed",
    "Begun",
    "Finished",
    "Said",
    "VersionKept",
    "answer_section",
    "assess_from_books",
    "begin_assessment",
    "finish_assessment",
    "save_questionnaire",
    "withdraw_assessment",
    "withdraw_questionnaire",
]
