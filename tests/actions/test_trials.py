"""Trials beside the day: arms by lot with their chance, shadows that send nothing, and a stop rule that ends what does harm."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import pytest

from duecourse.actions import keep_frames, look_at_trial
from duecourse.actions.look_at_trial import look
from duecourse.actions.replay import replay
from duecourse.actions.trials import BadTrial, end, running, start
from duecourse.core.decide.playbook import packaged, read
from duecourse.records.models import Decision, Outbox, Run, RunPart, TrialLook
from duecourse.records.tenancy import scope
from tests import making
from tests.making import NOW, TODAY

pytestmark = [pytest.mark.usefixtures("book"), pytest.mark.timeout(300)]


def trial(mode: str = "lot", **more):
    given = dict(name="Plain?", new=packaged("plain@1"), now_runs=packaged("polite@1"), share=0.4, by="Ruth",
                 review_date=TODAY + timedelta(days=60), now=NOW)  # fmt: skip
    return start(mode=mode, **{**given, **more})


def test_arms_are_by_lot_logged_with_their_chance_and_replayed(tmp_path):
    for _ in range(40):
        making.customer(late=(-2,))  # polite@1 writes before the due date, plain@1 does not
    trial()
    day = making.run_day(tmp_path)
    part = RunPart.objects.first()
    frames = pl.concat(keep_frames.decisions(tmp_path / str(day.run_id), p.first_shard) for p in RunPart.objects.all())
    new = frames.filter(pl.col("arm") == "new")
    assert 5 < new.height < 30 and new["propensity"].unique().to_list() == [0.4]
    assert new["verdict"].unique().to_list() == ["nothing"]
    assert frames.filter(pl.col("arm") == "now")["verdict"].unique().to_list() == ["contact"]
    with scope("all"):
        assert set(Decision.objects.values_list("arm", "propensity")) == {("now", 0.6)}
    end(Run.objects.get().trial_id, by="Ruth", why="Enough", now=NOW)
    assert replay(day.run_id, folder=tmp_path).differ == () and part is not None


def test_a_shadow_decides_and_sends_nothing(tmp_path):
    made = making.customer(late=(-2,))
    shadow = trial("shadow", new=packaged("plain@1"))
    day = making.run_day(tmp_path)
    kept = keep_frames.shadow(tmp_path / str(day.run_id), RunPart.objects.get().first_shard, shadow.id)
    assert kept.row(0, named=True)["customer"] == made.id and kept["verdict"].to_list() == ["nothing"]
    with scope("all"):
        assert Outbox.objects.count() == 1
    assert not TrialLook.objects.exists()


def test_harm_ends_the_trial_by_itself(monkeypatch):
    begun = trial()
    monkeypatch.setattr(look_at_trial, "outcomes", lambda **_: _outcomes(begun, complaints_of_new=30))
    found = look(begun.id, as_of=TODAY, now=NOW)
    assert found.verdict == "harm" and running().lottery is None
    assert begun.__class__.objects.get(id=begun.id).end.by == "stop rule"


def test_a_calm_trial_goes_on_and_a_day_is_looked_at_once(monkeypatch):
    begun = trial()
    monkeypatch.setattr(look_at_trial, "outcomes", lambda **_: _outcomes(begun, complaints_of_new=0))
    first = look(begun.id, as_of=TODAY, now=NOW)
    assert first.verdict == "goes_on" and running().lottery is not None
    assert look(begun.id, as_of=TODAY, now=NOW).id == first.id
    assert first.arms["now"]["customers"] + first.arms["new"]["customers"] == 600


def _outcomes(begun, *, complaints_of_new):
    ids = pl.Series("customer", range(1, 601))
    rows = pl.DataFrame({"customer": ids, "segment": ["new"] * 600, "contacts": [1] * 600})
    rows = rows.with_columns(paid=pl.when(pl.col("customer") % 2 == 0).then(1.0).otherwise(0.0))
    drawn = look_at_trial.arms(ids, look_at_trial.Lottery(read(begun.playbook_text), begun.share, begun.salt))
    nth = (drawn["arm"] == "new").cum_sum()
    return rows.with_columns(complaints=((drawn["arm"] == "new") & (nth <= complaints_of_new)).cast(pl.Int64))


def test_what_a_look_reads_is_what_the_book_says(tmp_path):
    paid, unpaid = making.customer(late=(), settled_late=(3,)), making.customer(late=(45,))
    begun = trial(now=NOW - timedelta(days=120), review_date=TODAY + timedelta(days=9))
    found = look_at_trial.by_arm(begun, as_of=TODAY)
    assert dict(found.select("customer", "paid").iter_rows()) == {paid.id: 1.0, unpaid.id: 0.0}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (dict(new=packaged("polite@1")), "what runs now"),
        (dict(share=0.9), "between 1 and 50"),
        (dict(review_date=TODAY), "lie ahead"),
        (dict(new=read(packaged("plain@1").text.replace('"pre_due", ', ""))), "other steps"),
    ],
)
def test_a_trial_that_cannot_be(wrong, says):
    with pytest.raises(BadTrial, match=says):
        trial(**wrong)
