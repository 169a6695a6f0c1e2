"""Left alone, and why: leaving alone is an achievement, and it has reasons."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from duecourse.core.decide.explain import headline
from duecourse.interfaces.chip import Chip
from duecourse.interfaces.dates import stamp
from duecourse.interfaces.desk import rows
from duecourse.interfaces.desk.cursor import pack, unpack
from duecourse.interfaces.desk.frame import show
from duecourse.interfaces.desk.rows import Row
from duecourse.interfaces.instruments import Reason
from duecourse.records.reads.desk_frame import waiting
from duecourse.records.reads.left_alone import LeftAlone, left_alone, of_reason
from duecourse.records.reads.row_facts import row_facts

SIZE = 25


@dataclass(frozen=True, slots=True)
class Why:
    """A reason with its customers."""

    code: str
    words: str
    count: str
    share: str


@dataclass(frozen=True, slots=True)
class Alone:
    """The page."""

    lede: str
    counted: str = ""
    reasons: tuple[Why, ...] = ()
    total: str = ""
    total_share: str = ""
    chosen: str = ""
    chosen_words: str = ""
    chosen_note: str = ""
    rows: tuple[Row, ...] = ()
    more_url: str = ""


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    found = left_alone(settings.RUNS_FOLDER)
    if found is None:
        return show(request, "alone", Alone("Not every customer needs a message today."), current="Left alone")
    zone = waiting().timezone
    codes = [code for code, _ in found.by_why]
    chosen = request.GET.get("why", codes[0] if codes else "")
    after = (unpack(request.GET.get("after", "")) or [0])[0]
    pairs = (
        of_reason(settings.RUNS_FOLDER, found.run_id, chosen, after=int(after), limit=SIZE) if chosen in codes else []
    )
    today = request.now.astimezone(ZoneInfo(zone)).date()
    facts = row_facts(pairs, now=request.now, today=today, since=rows.budget_since(request.now))
    here = Alone(
        lede=f"{found.total:,} of {found.customers:,} customers hear nothing from us, each for a reason.",
        counted=f"Run {found.run_id}, decided {stamp(found.decided_at, request.now, zone)}.",
        reasons=tuple(Why(c, headline(c), f"{n:,}", _share(n, found)) for c, n in found.by_why),
        total=f"{found.total:,}",
        total_share=_share(found.total, found),
        chosen=chosen,
        chosen_words=headline(chosen) if chosen else "",
        chosen_note="As it was when the day was decided.",
        rows=tuple(
            Row(
                url=rows.customer_url(f.shard, f.id),
                name=f.name,
                under=rows.under(f),
                owed=rows.owed(f),
                chip=Chip("Leave alone", "hold"),
                reasons=(
                    Reason(headline(chosen), 3),
                    *([rows.money_reason(f, today)] if f.sums else []),
                    rows.habit_reason(f),
                ),
                budget=rows.budget(f, request.now),
                rest=True,
            )
            for f in (facts[p] for p in pairs if p in facts)
        ),
        more_url=f"?why={chosen}&after={pack(pairs[-1][1])}" if len(pairs) == SIZE else "",
    )
    return show(request, "alone", here, current="Left alone")


def _share(n: int, found: LeftAlone) -> str:
    return f"{100 * n / found.customers:.1f} %" if found.customers else "–"
