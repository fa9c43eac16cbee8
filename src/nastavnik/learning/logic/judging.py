"""How each kind of requirement is judged, given what is known. Pure: values in, a finding out."""

from datetime import date, timedelta

from nastavnik.learning.logic.messages import Words, gettext_noop
from nastavnik.learning.logic.requirements import Finding, Verdict

NOT_DONE = gettext_noop("not done yet: “{title}”")
DONE_ON = gettext_noop("“{title}” done on {day}")
NO_ATTEMPT = gettext_noop("the test “{title}” was not taken yet")
BELOW = gettext_noop("{percent}% in the test “{title}”, {needed}% are needed")
REACHED = gettext_noop("{percent}% in the test “{title}” on {day}")
NOT_ATTENDED = gettext_noop("the live session “{title}” was not attended yet")
ATTENDED_ON = gettext_noop("attended “{title}” on {day}")
NO_CERTIFICATE = gettext_noop("no valid certificate “{title}”")
CERTIFIED = gettext_noop("the certificate “{title}” is valid")
TOO_EARLY = gettext_noop("{days} days with us are reached on {day}")
NOT_HIRED = gettext_noop("the day of joining is not known")
LONG_ENOUGH = gettext_noop("with us for {days} days")
TOO_FEW_RECORDS = gettext_noop("{metric}: too few records in {window} days ({n})")
NO_TARGET = gettext_noop("{metric}: there is no target for these days")
OFF_TARGET = gettext_noop("{metric}: {value}, the target is {target} (n = {n})")
ON_TARGET = gettext_noop("{metric}: {value} at a target of {target} (n = {n})")
NOT_SIGNED = gettext_noop("waiting for a sign-off: {role}")
REFUSED = gettext_noop("{role} did not sign off: {comment}")
SIGNED = gettext_noop("signed off by {name} on {day}")
PANEL_WAITS = gettext_noop("the panel has {n} of {judges} marks")
PANEL_BELOW = gettext_noop("the panel gave {score}%, {needed}% are needed")
PANEL_REACHED = gettext_noop("the panel gave {score}% ({n} judges)")
ACTIVITIES_LEFT = gettext_noop("still to do: {titles}")
ALL_DONE = gettext_noop("everything of the stage is done")
WAIVED = gettext_noop("waived: {reason}")
UNKNOWN_KIND = gettext_noop("nobody here can check this requirement")


def done(title: str, on: date | None) -> Finding:
    """An activity or a course."""
    if on is None:
        return Finding(Verdict.NOT_MET, Words.of(NOT_DONE, title=title))
    return Finding(Verdict.MET, evidence=Words.of(DONE_ON, title=title, day=on.isoformat()))


def stage_done(left: tuple[str, ...]) -> Finding:
    """Everything obligatory of the stage; `left` are the titles not done yet."""
    if left:
        return Finding(Verdict.NOT_MET, Words.of(ACTIVITIES_LEFT, titles=", ".join(left)))
    return Finding(Verdict.MET, evidence=Words.of(ALL_DONE))


def exam(title: str, needed: float, percent: float | None, on: date | None, since: date | None = None) -> Finding:
    """The latest result against the score needed, in percent. A result before `since` belongs to an earlier cycle."""
    if percent is None or on is None or (since is not None and on < since):
        return Finding(Verdict.UNKNOWN, Words.of(NO_ATTEMPT, title=title))
    said = {"title": title, "percent": round(percent, 1)}
    if percent < needed:
        return Finding(Verdict.NOT_MET, Words.of(BELOW, needed=needed, **said))
    return Finding(Verdict.MET, evidence=Words.of(REACHED, day=on.isoformat(), **said))


def attended(title: str, on: date | None) -> Finding:
    if on is None:
        return Finding(Verdict.NOT_MET, Words.of(NOT_ATTENDED, title=title))
    return Finding(Verdict.MET, evidence=Words.of(ATTENDED_ON, title=title, day=on.isoformat()))


def certificate(title: str, *, is_valid: bool) -> Finding:
    if is_valid:
        return Finding(Verdict.MET, evidence=Words.of(CERTIFIED, title=title))
    return Finding(Verdict.NOT_MET, Words.of(NO_CERTIFICATE, title=title))


def tenure(days: int, joined: date | None, today: date) -> Finding:
    """Days since the employment in force began; the day of joining is day 0."""
    if joined is None:
        return Finding(Verdict.UNKNOWN, Words.of(NOT_HIRED))
    ripe = joined + timedelta(days=days)
    if today < ripe:
        return Finding(Verdict.NOT_MET, Words.of(TOO_EARLY, days=days, day=ripe.isoformat()))
    return Finding(Verdict.MET, evidence=Words.of(LONG_ENOUGH, days=(today - joined).days))


def reading(
    metric: str, *, window: int, n: int, value: float | None, target: float | None, met: bool | None
) -> Finding:  # fmt: skip
    """A reading of a metric against its target, both in the metric's unit. `met` None: cannot be judged."""
    if met is None or value is None:
        said = Words.of(NO_TARGET, metric=metric) if n and target is None else None
        return Finding(Verdict.UNKNOWN, said or Words.of(TOO_FEW_RECORDS, metric=metric, window=window, n=n))
    said = Words.of(ON_TARGET if met else OFF_TARGET, metric=metric, value=value, target=target, n=n)
    return Finding(Verdict.MET, evidence=said) if met else Finding(Verdict.NOT_MET, said)


def sign_off(role: str, *, approved: bool | None, name: str = "", on: date | None = None, comment: str = "") -> Finding:
    """The latest decision of the role; None: nobody decided yet."""
    if approved is None:
        return Finding(Verdict.UNKNOWN, Words.of(NOT_SIGNED, role=role))
    if not approved:
        return Finding(Verdict.NOT_MET, Words.of(REFUSED, role=role, comment=comment))
    return Finding(Verdict.MET, evidence=Words.of(SIGNED, name=name, day=on.isoformat() if on else ""))


def panel(needed: float, judges: int, marks: tuple[float, ...]) -> Finding:
    """The mean of the judges' marks, in percent; fewer marks than judges is not enough evidence."""
    if len(marks) < judges:
        return Finding(Verdict.UNKNOWN, Words.of(PANEL_WAITS, n=len(marks), judges=judges))
    score = round(sum(marks) / len(marks), 1)
    if score < needed:
        return Finding(Verdict.NOT_MET, Words.of(PANEL_BELOW, score=score, needed=needed))
    return Finding(Verdict.MET, evidence=Words.of(PANEL_REACHED, score=score, n=len(marks)))


def waived(reason: str) -> Finding:
    return Finding(Verdict.MET, evidence=Words.of(WAIVED, reason=reason))


def unknown_kind() -> Finding:
    """A requirement whose room is not there: never met by accident."""
    return Finding(Verdict.UNKNOWN, Words.of(UNKNOWN_KIND))
