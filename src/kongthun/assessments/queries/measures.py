"""What the books say of funds by name, of one or of all funds of an area at once.

The number of statements does not depend on how many funds are asked about (a test pins it). What
was never written down is not known, which is neither good nor bad; a figure is as old as the books
it comes from. Shares are hundredths of a per cent, rounded so that nothing looks better than it is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import takewhile

from django.db import connection
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from kongthun.activities.models import ActivityDone, Meeting, PlannedActivity, Training
from kongthun.domain.assessment import WHOLE, Measured
from kongthun.domain.authority import in_force
from kongthun.domain.committee import PostVacant, Sitting, TooFewInOffice, warnings_on
from kongthun.domain.membership import MemberFact, MemberFactKind, standing_of
from kongthun.domain.money import ZERO, Money
from kongthun.domain.plans_done import PlanState, own_year, plan_state
from kongthun.domain.rule_set import RuleSet
from kongthun.domain.thai_calendar import fiscal_year, fiscal_year_end, fiscal_year_start, short
from kongthun.funding.models import Gift, OwedReport
from kongthun.groups.models import (
    CommitteeTerm,
    Group,
    HouseholdEvent,
    HouseholdEventKind,
    MemberEvent,
    Membership,
    RulesKnown,
    WrittenRules,
)
from kongthun.groups.queries.committee import as_term, committee_rules
from kongthun.groups.queries.written_rules import in_force_among
from kongthun.ledger.charts import chart
from kongthun.ledger.models import Fund, PassbookLine
from kongthun.loans.models import DebtEvent, DebtEventKind
from kongthun.registers.models import StatusSnapshot
from kongthun.reports.queries.roll_up import StatusRow, roll_up_by_fund

from .lending import Lending, lending_of
from .rules import rules_of_groups

_YEAR = timedelta(days=365)
_NOT_WRITTEN = "ยังไม่ได้บันทึก"


def measures_of(group_ids: Collection[int], day: date) -> dict[int, dict[str, Measured]]:
    """Every measure of each group as of a day, by the group's id and the measure's name.

    A fund's id is its group's. Of a group without books the money is not known.
    """
    groups = list(Group.objects.filter(pk__in=list(group_ids)))
    if not groups:
        return {}
    funds = {fund.pk: fund for fund in Fund.objects.filter(pk__in=[each.pk for each in groups])}
    rules = rules_of_groups(groups, day)
    money = _Money.read(funds, day)
    standings = _Standings.read([group.pk for group in groups], day)
    people = _People.read(groups, rules, standings, day)
    works = _Works.read(groups, rules, standings, day)
    return {
        group.pk: {
            **money.of(group.pk, day),
            **people.of(group.pk, day),
            **works.of(group.pk, day),
        }
        for group in groups
    }


# ---- money and its books -------------------------------------------------------------------------


@dataclass(slots=True)
class _Money:
    """What is read of the books of these funds."""

    funds: dict[int, Fund]
    rows: dict[int, StatusRow]
    entered: dict[int, date]
    passbooks: dict[int, list[tuple[date, Money]]]
    lending: dict[int, Lending]
    answered: dict[int, set[int]]
    today: date

    @classmethod
    def read(cls, funds: dict[int, Fund], day: date) -> _Money:
        ids = list(funds)
        today = timezone.localdate()
        return cls(
            funds=funds,
            rows=_rows(funds, day, today),
            entered=_last_entries(ids, day),
            passbooks=_passbooks(ids, day),
            lending=lending_of(ids, day),
            answered=_confirmed(ids, day),
            today=today,
        )

    def of(self, group_id: int, day: date) -> dict[str, Measured]:
        row = self.rows.get(group_id)
        if row is None:
            return {}
        return {
            **self._whereabouts(row, group_id, day),
            **self._debts(row, group_id, day),
            **self._upkeep(row, group_id, day),
        }

    def _kept_until(self, row: StatusRow, group_id: int) -> date | None:
        """The last day of which the books tell."""
        lines = [on for on, _ in self.passbooks.get(group_id, [])]
        return max(_known([self.entered.get(group_id), row.reported_on, *lines]), default=None)

    def _whereabouts(self, row: StatusRow, group_id: int, day: date) -> dict[str, Measured]:
        until = self._kept_until(row, group_id)
        entrusted, missing = row.sums.entrusted, abs(row.sums.unexplained)
        of_all = f"จากทุนและดอกเบี้ย {entrusted.text} บาท"
        return {
            "unexplained_share": _share_of(
                missing, entrusted, until, f"ยังอธิบายไม่ได้ {missing.text} {of_all}"
            ),
            "books_days": _days_since(until, day),
        }

    def _debts(self, row: StatusRow, group_id: int, day: date) -> dict[str, Measured]:
        until = self._kept_until(row, group_id)
        lending = self.lending.get(group_id)
        if "loan" not in chart(self.funds[group_id].chart).kinds or lending is None:
            nothing = Measured(None, None, "ยังไม่เคยให้ยืม")
            names = ("overdue_share", "overdue_share_without_deferral", "roll_over_share")
            return dict.fromkeys((*names, "movement_days", "balances_confirmed_share"), nothing)
        entrusted = row.sums.entrusted
        of_all = f"จากทุนและดอกเบี้ย {entrusted.text} บาท"
        late, without = row.overdue, row.overdue - row.deferred
        confirmed = len(lending.open & self.answered.get(group_id, set()))
        return {
            "overdue_share": _share_of(late, entrusted, until, f"เกินกำหนด {late.text} {of_all}"),
            "overdue_share_without_deferral": _share_of(
                without, entrusted, until, f"เกินกำหนด {without.text} {of_all}"
            ),
            "roll_over_share": _share_of(
                lending.continued,
                lending.outstanding,
                until,
                f"ต่อจากหนี้เกินกำหนด {lending.continued.text} "
                f"จากที่อยู่กับครัวเรือน {lending.outstanding.text} บาท",
                of_nothing=0,
            ),
            "movement_days": _days_since(row.last_movement_on, day),
            "balances_confirmed_share": Measured(
                confirmed * WHOLE // len(lending.open) if lending.open else None,
                day,
                f"ยืนยันแล้ว {confirmed:,} จาก {len(lending.open):,} สัญญาที่ยังค้าง",
            ),
        }

    def _upkeep(self, row: StatusRow, group_id: int, day: date) -> dict[str, Measured]:
        books = self.passbooks.get(group_id, [])
        apart = Money(sum(abs(difference).satang for _, difference in books))
        read_on = min((on for on, _ in books), default=None)
        return {
            "report_days": _days_since(row.reported_on, day),
            "bank_difference": Measured(
                apart.satang if books else None,
                read_on,
                f"ต่างกัน {apart.text} บาท" if books else "ยังไม่ได้พิมพ์สมุดเงินฝาก",
            ),
            "passbook_days": _days_since(read_on, day),
            # Nobody wrote down since when a row waits, so of an earlier day it is not known.
            "rows_set_aside": Measured(row.set_aside_rows, max(day, self.today)),
        }


def _rows(funds: Mapping[int, Fund], day: date, today: date) -> dict[int, StatusRow]:
    """The position and arrears of these funds: read with all funds of the place that holds them."""
    if not funds:
        return {}
    codes = [fund.area_code for fund in funds.values()]
    same = sum(1 for _ in takewhile(lambda signs: len(set(signs)) == 1, zip(*codes, strict=True)))
    area = codes[0][: same // 2 * 2]
    by_code = {
        row.code: row for row in roll_up_by_fund(area, as_of=day, today=today, reach=None).rows
    }
    return {pk: by_code[fund.code] for pk, fund in funds.items() if fund.code in by_code}


def _last_entries(ids: list[int], day: date) -> dict[int, date]:
    """The last day on which something happened to the money of each."""
    if not ids:
        return {}
    marks = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT fund_id, max(happened_on) FROM ledger_entry"  # noqa: S608
            f" WHERE fund_id IN ({marks}) AND happened_on <= %s GROUP BY fund_id",
            [*ids, day],
        )
        return {fund_id: _as_day(on) for fund_id, on in cursor.fetchall()}


def _passbooks(ids: list[int], day: date) -> dict[int, list[tuple[date, Money]]]:
    """Of each passbook the last printed balance: its day, and what the books have more."""
    last: dict[tuple[int, int], PassbookLine] = {}
    lines = PassbookLine.objects.filter(
        fund_id__in=ids, on__lte=day, withdrawn_at__isnull=True, balance__isnull=False
    )
    for line in lines.order_by("on", "number"):
        last[line.fund_id, line.bank_book] = line
    if not last:
        return {}
    marks = ", ".join(["%s"] * len({fund_id for fund_id, _ in last}))
    kept: dict[tuple[int, int], int] = defaultdict(int)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT l.fund_id, l.account, e.happened_on, sum(l.amount) FROM ledger_line l
            JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.number = l.entry_number
            WHERE l.account LIKE 'bank:%%' AND l.fund_id IN ({marks}) AND e.happened_on <= %s
            GROUP BY l.fund_id, l.account, e.happened_on
            """,  # noqa: S608
            [*{fund_id for fund_id, _ in last}, day],
        )
        for fund_id, account, on, satang in cursor.fetchall():
            book = (fund_id, int(str(account).partition(":")[2]))
            if book in last and _as_day(on) <= last[book].on:
                kept[book] += int(satang)
    found: dict[int, list[tuple[date, Money]]] = defaultdict(list)
    for which, line in last.items():
        found[which[0]].append((line.on, Money(kept[which]) - (line.balance or ZERO)))
    return found


def _confirmed(ids: list[int], day: date) -> dict[int, set[int]]:
    """The contracts whose latest answer of the fiscal year is that the balance is right."""
    year = fiscal_year(day)
    events = DebtEvent.objects.filter(
        fund_id__in=ids,
        withdrawn_at__isnull=True,
        kind__in=[DebtEventKind.CONFIRMED, DebtEventKind.DISPUTED],
        happened_on__range=(fiscal_year_start(year), min(day, fiscal_year_end(year))),
    )
    latest: dict[tuple[int, int], str] = {}
    for fund_id, contract, kind in events.order_by("happened_on", "number").values_list(
        "fund_id", "contract_number", "kind"
    ):
        latest[fund_id, contract] = kind
    found: dict[int, set[int]] = defaultdict(set)
    for (fund_id, contract), kind in latest.items():
        if kind == DebtEventKind.CONFIRMED:
            found[fund_id].add(contract)
    return found


# ---- the people ----------------------------------------------------------------------------------


@dataclass(slots=True)
class _People:
    """Committees and members of these groups."""

    office: dict[int, tuple[bool, bool]]
    standings: _Standings
    met_on: dict[int, date]
    seen_on: dict[int, date | None]

    @classmethod
    def read(
        cls,
        groups: list[Group],
        rules: Mapping[int, RuleSet],
        standings: _Standings,
        day: date,
    ) -> _People:
        ids = [group.pk for group in groups]
        sittings: dict[int, list[Sitting]] = defaultdict(list)
        terms = CommitteeTerm.objects.filter(group_id__in=ids, withdrawn_at__isnull=True)
        for term in terms.select_related("person"):
            sittings[term.group_id].append(Sitting(term.set_number, as_term(term)))
        met_on = dict(
            Meeting.objects.filter(group_id__in=ids, closed_at__isnull=False, held_on__lte=day)
            .values_list("group_id")
            .annotate(last=Max("held_on"))
        )
        listed_on = dict(
            StatusSnapshot.objects.filter(fund_id__in=ids, as_of__lte=day)
            .values_list("fund_id")
            .annotate(last=Max("as_of"))
        )
        office, begun = {}, {}
        for pk, seats in sittings.items():
            years = rules[pk]["committee_years"].count
            in_office = in_force([seat.term for seat in seats], day, years)
            wanting = warnings_on(seats, committee_rules(rules[pk]), day)
            is_short = any(isinstance(each, PostVacant | TooFewInOffice) for each in wanting)
            office[pk] = bool(in_office), bool(in_office) and not is_short
            begun[pk] = max(_known(term.starts_on for term in in_office), default=None)
        return cls(
            office,
            standings,
            met_on,
            {
                pk: max(
                    _known(
                        each.get(pk) for each in (met_on, listed_on, standings.changed_on, begun)
                    ),
                    default=None,
                )
                for pk in ids
            },
        )

    def of(self, group_id: int, day: date) -> dict[str, Measured]:
        seen_on = self.seen_on[group_id]
        in_office, is_complete = self.office.get(group_id, (None, None))
        belong = self.standings.members.get(group_id)
        members = len(belong) if belong is not None else None
        waiting = self.standings.waiting[group_id] if belong is not None else None
        return {
            "committee_in_term": _yes(in_office, seen_on),
            "committee_complete": _yes(is_complete, seen_on),
            "meeting_days": _days_since(self.met_on.get(group_id), day),
            "members": _count(members, seen_on),
            "members_waiting": _count(waiting, seen_on),
        }


@dataclass(frozen=True, slots=True)
class _Standings:
    """Who belongs to each group on a day, by number, how many wait, and when that last changed.

    As `groups.queries.members.everybody` tells it group by group; a test holds both together. A
    group without a list is not there.
    """

    members: dict[int, set[int]]
    waiting: Counter[int]
    changed_on: dict[int, date]

    @classmethod
    def read(cls, ids: list[int], day: date) -> _Standings:
        facts: dict[tuple[int, int], list[MemberFact]] = defaultdict(list)
        first: dict[tuple[int, int], str] = {}
        changed_on: dict[int, date] = {}
        for event in MemberEvent.objects.filter(group_id__in=ids).order_by("group_id", "number"):
            who = event.group_id, event.member_number
            first.setdefault(who, event.kind)
            if event.withdrawn_at is None:
                on = event.happened_on
                facts[who].append(MemberFact(event.number, event.kind, on, event.member_kind))
                if on <= day:
                    changed_on[who[0]] = max(on, changed_on.get(who[0], on))
        gone = _gone(ids, day)
        members: dict[int, set[int]] = {}
        waiting: Counter[int] = Counter()
        rows = Membership.objects.filter(group_id__in=ids).values_list("group_id", "number")
        for who in rows:
            applied = first.get(who) == MemberFactKind.APPLIED
            standing = standing_of(facts.get(who, ()), day, is_on_paper=not applied)
            belong = members.setdefault(who[0], set())
            if standing.is_member and who not in gone:
                belong.add(who[1])
            waiting[who[0]] += standing.waits_since is not None
        return cls(members, waiting, changed_on)


def _gone(ids: list[int], day: date) -> set[tuple[int, int]]:
    """Households that left the list, moved away or were merged by a day."""
    away: set[tuple[int, int]] = set()
    gone: set[tuple[int, int]] = set()
    events = HouseholdEvent.objects.filter(
        group_id__in=ids, withdrawn_at__isnull=True, happened_on__lte=day
    )
    for event in events.order_by("happened_on", "number"):
        who = event.group_id, event.member_number
        match event.kind:
            case HouseholdEventKind.MOVED_AWAY:
                away.add(who)
            case HouseholdEventKind.CAME_BACK:
                away.discard(who)
            case HouseholdEventKind.LEFT_LIST:
                gone.add(who)
            case HouseholdEventKind.MERGED if event.other_member_number is not None:
                gone.add(who)
    return away | gone


# ---- rules, promises, plans ----------------------------------------------------------------------


@dataclass(slots=True)
class _Works:
    """What these groups wrote down of rules, promises, plans and trainings."""

    written: dict[int, WrittenRules | None]
    known: Counter[int]
    members: dict[int, int]
    late_reports: Counter[int]
    gifts: set[int]
    plan: dict[int, Counter[PlanState]] = field(default_factory=dict)
    planners: set[int] = field(default_factory=set)
    trainings: dict[int, int] = field(default_factory=dict)

    @classmethod
    def read(
        cls,
        groups: list[Group],
        rules: Mapping[int, RuleSet],
        standings: _Standings,
        day: date,
    ) -> _Works:
        ids = [group.pk for group in groups]
        versions: dict[int, list[WrittenRules]] = defaultdict(list)
        for version in WrittenRules.objects.filter(group_id__in=ids):
            versions[version.group_id].append(version)
        written = {pk: in_force_among(of, day) for pk, of in versions.items()}
        numbers = {(pk, version.number) for pk, version in written.items() if version is not None}
        known: Counter[int] = Counter()
        knowing = RulesKnown.objects.filter(
            group_id__in=[pk for pk, _ in numbers], known_on__lte=day
        )
        for pk, number, member in knowing.values_list("group_id", "rules_number", "member_number"):
            known[pk] += (pk, number) in numbers and member in standings.members.get(pk, set())
        return cls(
            written,
            known,
            {pk: len(of) for pk, of in standings.members.items()},
            *_reports(ids, day),
            *_plans(ids, rules, day),
            _trainings(ids, day),
        )

    def of(self, group_id: int, day: date) -> dict[str, Measured]:
        is_told = group_id in self.written
        version = self.written.get(group_id)
        members = self.members.get(group_id, 0)
        known = self.known[group_id]
        plan = self.plan.get(group_id, Counter())
        planned = plan.total() - plan[PlanState.DROPPED]
        late = plan[PlanState.LATE]
        given = group_id in self.gifts
        return {
            "rules_written": _yes(version is not None if is_told else None, day),
            "rules_known_share": Measured(
                known * WHOLE // members if version is not None and members else None,
                day,
                f"รับทราบ {known:,} จาก {members:,} คน" if version is not None else _NOT_WRITTEN,
            ),
            "reports_late": _count(self.late_reports[group_id] if given else None, day),
            "plan_lines": _count(planned if group_id in self.planners else None, day),
            "plan_late": _count(late if group_id in self.planners else None, day),
            "trainings": _count(self.trainings.get(group_id), day),
        }


def _reports(ids: list[int], day: date) -> tuple[Counter[int], set[int]]:
    """Reports whose day has gone by, and who owes any at all."""
    standing = Gift.objects.filter(
        fund_id=OuterRef("fund_id"), number=OuterRef("gift_number"), withdrawn_at__isnull=True
    )
    late: Counter[int] = Counter()
    owing: set[int] = set()
    reports = OwedReport.objects.filter(Exists(standing), fund_id__in=ids)
    for fund_id, due_on, handed_in_on in reports.values_list("fund_id", "due_on", "handed_in_on"):
        owing.add(fund_id)
        late[fund_id] += due_on < day and (handed_in_on is None or handed_in_on > day)
    return late, owing


def _plans(
    ids: list[int], rules: Mapping[int, RuleSet], day: date
) -> tuple[dict[int, Counter[PlanState]], set[int]]:
    """The lines of the plan of each group's own year by how they stand, and who ever planned."""
    replaced = PlannedActivity.objects.filter(
        group_id=OuterRef("group_id"), replaces=OuterRef("number")
    )
    lines = list(PlannedActivity.objects.filter(~Exists(replaced), group_id__in=ids))
    done: dict[tuple[int, int | None], list[date]] = defaultdict(list)
    for group_id, plan, on in ActivityDone.objects.filter(
        group_id__in=ids, withdrawn_at__isnull=True, plan_number__isnull=False
    ).values_list("group_id", "plan_number", "happened_on"):
        done[group_id, plan].append(on)
    states: dict[int, Counter[PlanState]] = defaultdict(Counter)
    for line in lines:
        if line.year == own_year(day, rules[line.group_id]["year_end_month"].count):
            state = plan_state(
                starts_on=line.starts_on,
                ends_on=line.ends_on,
                done_on=done[line.group_id, line.number],
                is_dropped=line.dropped_at is not None,
                day=day,
            )
            states[line.group_id][state] += 1
    return states, {line.group_id for line in lines}


def _trainings(ids: list[int], day: date) -> dict[int, int]:
    """How many trainings a year back, of groups that ever wrote one down."""
    found: dict[int, int] = {}
    trainings = Training.objects.filter(
        group_id__in=ids, withdrawn_at__isnull=True, held_on__lte=day
    )
    for group_id, on in trainings.values_list("group_id", "held_on"):
        found[group_id] = found.get(group_id, 0) + (on > day - _YEAR)
    return found


# ---- below the line ------------------------------------------------------------------------------


def _share_of(
    part: Money, whole: Money, on: date | None, words: str, *, of_nothing: int | None = None
) -> Measured:
    """A share of which less is better, rounded up: only nothing is nought."""
    if whole <= ZERO:
        return Measured(of_nothing, on, words)
    return Measured(-(-part.satang * WHOLE // whole.satang), on, words)


def _days_since(on: date | None, day: date) -> Measured:
    """How long ago: as of the day asked, since its age is what it tells."""
    if on is None:
        return Measured(None, None, _NOT_WRITTEN)
    return Measured((day - on).days, day, short(on))


def _yes(is_so: bool | None, on: date | None) -> Measured:
    if is_so is None:
        return Measured(None, None, _NOT_WRITTEN)
    return Measured(int(is_so), on)


def _count(number: int | None, on: date | None) -> Measured:
    if number is None:
        return Measured(None, None, _NOT_WRITTEN)
    return Measured(number, on)


def _known(days: Iterable[date | None]) -> list[date]:
    return [day for day in days if day is not None]


def _as_day(value: date | str) -> date:
    """SQLite hands a day over as text where it does not know the column."""
    return date.fromisoformat(value) if isinstance(value, str) else value
