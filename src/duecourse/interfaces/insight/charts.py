"""The charts of the dashboard: each a finding, a picture and a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from babel.numbers import format_compact_currency
from django.utils.safestring import SafeString

from duecourse.core.measure.balance import BUCKETS
from duecourse.core.measure.figures import series
from duecourse.core.measure.ratio import ratio
from duecourse.core.measure.sales import months_before
from duecourse.core.measure.windows import CASH_WEEKS, CONTACT_MONTHS, QUARTER
from duecourse.core.money.currency import exponent
from duecourse.interfaces.dates import short
from duecourse.interfaces.figure_words import bucket_name, worded
from duecourse.interfaces.insight.course import Course
from duecourse.interfaces.insight.findings import days_trend, share_trend
from duecourse.interfaces.insight.svg.bars import bars, shares
from duecourse.interfaces.insight.svg.lines import lines
from duecourse.interfaces.insight.view import Chart, Table
from duecourse.interfaces.money import Money, plain, words

Url = Callable[[str], str]
"""Chart → address of its CSV."""
NOTHING = SafeString("")


def ageing(course: Course, url: Url) -> Chart:
    amounts = course.now["ageing"]
    total, currency = course.now["open_amount"], course.currency
    percent = {b: f"{100 * amounts[b] / total:.1f} %" if total else "" for b in BUCKETS}
    overdue, old = course.now["overdue_amount"], amounts["90+"]
    say = "Nothing is overdue."
    if overdue:
        say = f"{_money(overdue, currency)} is overdue, on {course.now['overdue_count']:,} invoices."
        say += (
            f" {_money(old, currency)} of it is more than 90 days late." if old else " None of it is over 90 days late."
        )
    label = "Ageing: " + ", ".join(f"{bucket_name(b)} {percent[b].replace(' %', ' percent')}" for b in BUCKETS)
    return Chart(
        title="Ageing",
        unit=f"{currency} book, {_money(total, currency)} open",
        say=say,
        svg=shares([amounts[b] for b in BUCKETS], label=label) if total else NOTHING,
        lines=tuple(
            (f"a{n}", (bucket_name(b), Money(amounts[b], currency)), percent[b]) for n, b in enumerate(BUCKETS)
        ),
        scrolls="Ageing chart",
        table=Table(
            f"Ageing of open {currency} invoices.",
            ("Bucket", "Amount", "Share"),
            tuple((bucket_name(b), _money(amounts[b], currency), percent[b]) for b in BUCKETS),
            tuple((b, _plain(amounts[b], currency), percent[b].removesuffix(" %")) for b in BUCKETS),
            url("ageing"),
            ("All", _money(total, currency), "100.0 %" if total else ""),
        ),
    )


def dso(course: Course, url: Url) -> Chart:
    values, names = course.of("dso_countback"), _month_names(course)
    best = ratio(course.now["ageing"]["current"], course.items.get("sales", 0), times=QUARTER, places=1)
    say = days_trend(course.days, values)
    if best is not None:
        say += " Best possible is what terms alone would give."
    return Chart(
        title="DSO",
        unit="days, by countback",
        say=say,
        svg=lines(
            names, values, label=_label("DSO", values, "days"), word=_number,
            level=None if best is None else (f"best possible, {best:.1f}", best),
        ) if any(v is not None for v in values) else NOTHING,
        table=Table(
            "DSO in days at the close of the day.",
            ("Day", "Countback", "Simple"),
            tuple(
                (short(day, course.days[-1], "en"), _days(v["dso_countback"]), _days(v["dso_simple_90"]))
                for day, v in zip(course.days, course.values, strict=True)
            ),
            tuple(
                (day.isoformat(), _bare(v["dso_countback"]), _bare(v["dso_simple_90"]))
                for day, v in zip(course.days, course.values, strict=True)
            ),
            url("dso"),
        ),
    )  # fmt: skip


def collection(course: Course, url: Url) -> Chart:
    values, names = course.of("collection_rate_30"), _month_names(course)
    points = [None if v is None else 100 * v for v in values]
    return Chart(
        title="Collection rate",
        unit="% within 30 days of the due date",
        say=share_trend(course.days, values) + " Counted over what fell due in 90 days.",
        svg=lines(names, points, label=_label("Collection rate", points, "percent"), word=_number)
        if any(v is not None for v in values) else NOTHING,
        table=Table(
            "Share of what fell due that came within 30 days.",
            ("Day", "Within 30 days"),
            tuple(
                (short(day, course.days[-1], "en"), worded(v, "share", ""))
                for day, v in zip(course.days, values, strict=True)
            ),
            tuple((day.isoformat(), _bare(v)) for day, v in zip(course.days, values, strict=True)),
            url("collection"),
        ),
    )  # fmt: skip


def cash(course: Course, url: Url) -> Chart:
    """Half a year of weeks; weeks without cash are zero, since the account was open."""
    today = course.days[-1]
    monday = today - timedelta(days=today.weekday())
    weeks = [monday - timedelta(weeks=n) for n in reversed(range(CASH_WEEKS))]
    came = series(course.items, "cash")
    values = [came.get(week, 0) for week in weeks]
    whole = values[-13:-1]
    currency = course.currency
    say = (
        f"{_money(values[-2], currency)} came in last week. Twelve weeks brought "
        f"{_money(round(sum(whole) / len(whole)), currency)} a week on average."
    )
    return Chart(
        title="Cash received",
        unit=f"weeks, {currency}",
        say=say if any(values) else "No cash was booked in the last half year.",
        svg=lines(
            [short(week, language="en") for week in weeks], [float(v) for v in values],
            width=620, height=272, dots=True, margin=62,
            label=f"Cash received by week, from {short(weeks[0], today, 'en')} to {short(today, today, 'en')}",
            word=lambda v: brief(round(v), currency),
        ) if any(values) else NOTHING,
        scrolls="Cash chart",
        table=Table(
            f"Cash received by week, in {currency}. The last week is not over.",
            ("Week of", "Received"),
            tuple((short(week, today, "en"), _money(v, currency)) for week, v in zip(weeks, values, strict=True)),
            tuple((week.isoformat(), _plain(v, currency)) for week, v in zip(weeks, values, strict=True)),
            url("cash"),
            ("All", _money(sum(values), currency)),
        ),
    )  # fmt: skip


def contacts(course: Course, url: Url) -> Chart:
    today = course.days[-1]
    months = [months_before(today, n) for n in reversed(range(CONTACT_MONTHS))]
    made = series(course.items, "contacts")
    values = [made.get(month, 0) for month in months]
    count = course.now["contacts"]
    per = count / course.now["open_count"] if count and course.now["open_count"] else None
    say = "No contact has asked for money yet."
    if count is not None:
        say = f"{count:,} contacts asked for money in the last 90 days."
        say += f" That is {per:.1f} for each invoice open now." if per is not None else ""
    return Chart(
        title="Contacts",
        unit="a month, all channels",
        say=say,
        svg=bars(
            [f"{month:%b}" for month in months], values, word=lambda v: f"{round(v):,}",
            label=f"Contacts a month, from {values[0]:,} in {months[0]:%B} to {values[-1]:,} in {months[-1]:%B} so far",
        ) if any(values) else NOTHING,
        table=Table(
            "Contacts that asked for money, by month. The last month is not over.",
            ("Month", "Contacts"),
            tuple((f"{month:%b %Y}", f"{v:,}") for month, v in zip(months, values, strict=True)),
            tuple((month.isoformat(), str(v)) for month, v in zip(months, values, strict=True)),
            url("contacts"),
        ),
    )  # fmt: skip


def _month_names(course: Course) -> list[str]:
    return [f"{day:%b}" for day in course.days[:-1]] + ["now"]


def _label(name: str, values: list[float | None], unit: str) -> str:
    known = [v for v in values if v is not None]
    if not known:
        return f"{name}: no data yet"
    return f"{name} from {known[0]:.1f} to {known[-1]:.1f} {unit} over twelve months"


def _number(value: float) -> str:
    return f"{value:g}" if value == int(value) else f"{value:.1f}"


def _days(value: float | None) -> str:
    return worded(value, "index", "")


def _bare(value: float | None) -> str:
    return "" if value is None else str(value)


def _plain(minor: int, currency: str) -> str:
    return plain(Money(minor, currency))


def _money(minor: int, currency: str) -> str:
    return words(Money(minor, currency), "en")


def brief(minor: int, currency: str) -> str:
    """An amount for an axis."""
    amount = round(Decimal(minor).scaleb(-exponent(currency)))
    text = format_compact_currency(amount, currency, locale="en", fraction_digits=0)
    return text.replace("K", "k").replace("-", "−")
