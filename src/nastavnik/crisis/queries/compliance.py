"""What the audit reads, and the figures made of what it found."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Avg, Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Least

from nastavnik.crisis.logic.compliance import MOST_BUCKET, Audit, Share, audit
from nastavnik.crisis.models import CaseState, Contract, CrisisCase, RatingRequest
from nastavnik.crisis.models.compliance import NO_VIOLATION, AuditedCase, ComplianceFinding, FindingCode, Verdict
from nastavnik.crisis.queries.logs import entries_of, zone
from nastavnik.kernel import clock
from nastavnik.people.models import Person, Team
from nastavnik.procedures.models import RefusalPolicy
from nastavnik.procedures.refusals import Policy

CHUNK = 200
RETURN = timedelta(days=90)
MOST_TRIED = 5_000
MOST_SHOWN = 100


class PolicyBook:
    """All versions of the refusal policy, read once: which one judges a case of a day and a team."""

    def __init__(self) -> None:
        self._rows = list(RefusalPolicy.objects.all())
        self._lines = dict(Team.objects.values_list("pk", "line_id"))
        self._zone = zone()

    def of(self, case: CrisisCase) -> RefusalPolicy | None:
        """The version of the day the case was opened: its team's, else its line's, else everybody's."""
        day, team = clock.local_date(case.opened_at, self._zone), case.team_id
        line = self._lines.get(team) if team else None
        found = [
            row for row in self._rows
            if row.is_active_on(day) and row.team_id in (None, team) and row.line_id in (None, line)
        ]  # fmt: skip
        return max(found, key=lambda row: (row.team_id is not None, row.line_id is not None), default=None)


def audits(cases: Sequence[CrisisCase], book: PolicyBook) -> Iterator[tuple[CrisisCase, RefusalPolicy | None, Audit]]:
    """Each case folded under the policy of its day. One query for all logs."""
    logs = entries_of(case.pk for case in cases)
    for case in cases:
        row = book.of(case)
        yield case, row, audit(logs.get(case.pk, []), row.policy if row else Policy())


def not_audited() -> list[int]:
    """Cases whose log has grown since the audit last saw it."""
    # An annotation joins what is not there yet; a bare condition would leave out cases never audited.
    rows = CaseState.objects.annotate(seen=Coalesce(F("case__audited__last_seq"), 0)).filter(last_seq__gt=F("seen"))
    return list(rows.order_by("case_id").values_list("case_id", flat=True))


def findings(person: Person) -> QuerySet[ComplianceFinding]:
    """Findings as the list shows them."""
    return ComplianceFinding.objects.visible_to(person).select_related("case", "agent", "policy", "case__team")


@dataclass(frozen=True)
class Bucket:
    """Refusals that ended after so many attempts (`attempts` of MOST_BUCKET means that many and more)."""

    attempts: int
    share: Share
    rating: float | None
    rated: int
    returned: Share

    @property
    def is_last(self) -> bool:
        return self.attempts == MOST_BUCKET


@dataclass(frozen=True)
class RuleRow:
    """How a lexicon rule does in production: upheld of judged findings of processes it started."""

    rule: str
    pending: int
    precision: Share


@dataclass(frozen=True)
class Report:
    """A period by the day the cases were opened. `histogram`: attempts -> cases."""

    cases: int
    refused: int
    clean: Share
    histogram: list[tuple[int, int]]
    buckets: list[Bucket]
    codes: list[tuple[str, Counter[str]]]
    rules: list[RuleRow]


def report(person: Person, since: datetime, until: datetime, now: datetime) -> Report:
    """How refusals were handled in [since, until), within the person's reach. Seven queries, however many cases."""
    cases = CrisisCase.objects.visible_to(person).filter(opened_at__gte=since, opened_at__lt=until)
    audited = AuditedCase.objects.filter(case__in=cases)
    refused = audited.filter(refused=True)
    histogram = list(audited.filter(refused=True).values_list("attempts").annotate(n=Count("pk")).order_by("attempts"))
    total = sum(n for _attempts, n in histogram)
    found = ComplianceFinding.objects.filter(case__in=cases)
    broken = (
        found.exclude(verdict__in=[Verdict.REJECTED, Verdict.WITHDRAWN])
        .exclude(code__in=NO_VIOLATION)
        .filter(case__audited__refused=True)
        .aggregate(n=Count("case_id", distinct=True))["n"]
    )
    return Report(
        cases=audited.count(),
        refused=total,
        clean=Share(total - broken, total),
        histogram=histogram,
        buckets=_buckets(refused, total, now),
        codes=_codes(found),
        rules=_rules(found),
    )


def _buckets(refused: QuerySet[AuditedCase], total: int, now: datetime) -> list[Bucket]:
    bucket = Least(F("attempts"), MOST_BUCKET)
    sizes = dict(refused.annotate(bucket=bucket).values_list("bucket").annotate(n=Count("pk")).order_by())
    rated = {
        place: (mean, n)
        for place, mean, n in RatingRequest.objects.filter(case__audited__in=refused, score__isnull=False)
        .annotate(bucket=Least(F("case__audited__attempts"), MOST_BUCKET))
        .values_list("bucket")
        .annotate(mean=Avg("score"), n=Count("pk"))
        .order_by()
    }
    # Only those who have had 90 days to come back can be said not to have.
    back = Contract.objects.filter(
        customer_id=OuterRef("case__customer_id"),
        signed_date__gt=OuterRef("case__closed_at__date"),
        signed_date__lte=OuterRef("case__closed_at__date") + RETURN,
    )
    ripe = refused.filter(case__closed_at__lte=now - RETURN).annotate(back=Exists(back), bucket=bucket)
    returned = {
        place: Share(came, n)
        for place, n, came in ripe.values_list("bucket")
        .annotate(n=Count("pk"), came=Count("pk", filter=Q(back=True)))
        .order_by()
    }
    return [
        Bucket(
            attempts=place,
            share=Share(sizes.get(place, 0), total),
            rating=rated.get(place, (None, 0))[0],
            rated=rated.get(place, (None, 0))[1],
            returned=returned.get(place, Share(0, 0)),
        )
        for place in range(MOST_BUCKET + 1)
    ]


def _codes(found: QuerySet[ComplianceFinding]) -> list[tuple[str, Counter[str]]]:
    counts: dict[str, Counter[str]] = {}
    for code, verdict, n in found.values_list("code", "verdict").annotate(n=Count("pk")).order_by():
        counts.setdefault(code, Counter())[verdict] += n
    return [(code, counts[code]) for code in FindingCode.values if code in counts]


def _rules(found: QuerySet[ComplianceFinding]) -> list[RuleRow]:
    rows = found.exclude(rule="").values_list("rule").annotate(
        upheld=Count("pk", filter=Q(verdict=Verdict.UPHELD)),
        rejected=Count("pk", filter=Q(verdict=Verdict.REJECTED)),
        pending=Count("pk", filter=Q(verdict=Verdict.PENDING)),
    )  # fmt: skip
    return [RuleRow(rule, pending, Share(up, up + down)) for rule, up, down, pending in rows.order_by("rule")]


@dataclass
class Trial:
    """Past cases under another policy; nothing is written. Codes -> how many, as judged and as tried."""

    cases: int = 0
    is_cut: bool = False
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    changed: list[tuple[CrisisCase, list[str], list[str]]] = field(default_factory=list)
    changed_count: int = 0

    @property
    def rows(self) -> list[tuple[str, int, int]]:
        codes = [code for code in FindingCode.values if self.before[code] or self.after[code]]
        return [(code, self.before[code], self.after[code]) for code in codes]


def trial(person: Person, other: Policy, since: datetime, until: datetime) -> Trial:
    """What the violations of [since, until) would have been under `other`; the newest MOST_TRIED cases at most."""
    rows = CrisisCase.objects.visible_to(person).filter(opened_at__gte=since, opened_at__lt=until)
    ids = list(rows.order_by("-opened_at", "-pk").values_list("pk", flat=True)[: MOST_TRIED + 1])
    found, book = Trial(is_cut=len(ids) > MOST_TRIED), PolicyBook()
    for start in range(0, min(len(ids), MOST_TRIED), CHUNK):
        chunk = list(
            CrisisCase.objects.filter(pk__in=ids[start : min(start + CHUNK, MOST_TRIED)]).order_by("-opened_at")
        )
        logs = entries_of(case.pk for case in chunk)
        for case in chunk:
            row, log = book.of(case), logs.get(case.pk, [])
            _compare(found, case, audit(log, row.policy if row else Policy()), audit(log, other))
    return found


def _compare(found: Trial, case: CrisisCase, judged: Audit, tried: Audit) -> None:
    found.cases += 1
    was = {(item.code, item.seq) for item in judged.items}
    now = {(item.code, item.seq) for item in tried.items}
    found.before.update(code for code, _seq in was)
    found.after.update(code for code, _seq in now)
    if was != now:
        found.changed_count += 1
        if len(found.changed) < MOST_SHOWN:
            new, gone = (sorted({code for code, _seq in one}) for one in (now - was, was - now))
            found.changed.append((case, new, gone))


def days(since: date, until: date) -> tuple[datetime, datetime]:
    """Local days [since, until] as moments."""
    first = datetime.combine(since, datetime.min.time(), tzinfo=zone())
    return first, datetime.combine(until + timedelta(days=1), datetime.min.time(), tzinfo=zone())
