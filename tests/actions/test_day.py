"""The day: whole or not at all a range, taken up again after a kill, explained and decided again to the bit."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta

import polars as pl
import pytest

import duecourse.actions.day as day_module
from duecourse.actions import keep_frames
from duecourse.actions.day import AlreadyRunning
from duecourse.actions.explain import NotFound, find_customer, receipt
from duecourse.actions.replay import CannotReplay, replay
from duecourse.records.models import Decision, Outbox, Reminder, Run, RunPart, Task
from duecourse.records.tenancy import scope
from tests import making
from tests.making import NOW

pytestmark = [pytest.mark.usefixtures("book"), pytest.mark.timeout(300)]


def count(model, **how):
    with scope("all"):
        return model.objects.filter(**how).count()


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(day_module, "CUSTOMERS_A_PART", 10)


def test_every_customer_is_decided_and_kept(tmp_path, small_parts):
    made = [making.customer(late=(d,)) for d in (-20, 8, 8, 40)]
    result = making.run_day(tmp_path)
    assert result.customers == 4 and sum(result.verdicts.values()) == 4
    frames = pl.concat(
        keep_frames.decisions(tmp_path / str(result.run_id), p.first_shard) for p in RunPart.objects.all()
    )
    assert set(frames["customer"]) == {m.id for m in made}
    assert frames["why"].null_count() == 0
    assert count(Outbox) == count(Decision) == 3


def test_the_same_day_again_plans_nothing_more(tmp_path):
    making.customer()
    making.run_day(tmp_path)
    again = making.run_day(tmp_path, at=NOW + timedelta(hours=1))
    assert again.whys == {"message_waiting": 1} and count(Outbox) == 1


def test_missed_days_are_caught_up_by_the_latest_step_only(tmp_path):
    making.customer(late=(1,))
    making.run_day(tmp_path)
    with scope("all"):
        Outbox.objects.update(state="sent")
    making.run_day(tmp_path, at=NOW + timedelta(days=27))
    with scope("all"):
        assert list(Outbox.objects.order_by("id").values_list("step", flat=True)) == ["due", "day21"]
        assert list(Reminder.objects.order_by("id").values_list("step", flat=True)) == [2, 5]


def test_two_at_once_is_refused(tmp_path):
    making.customer()
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [day_module.LOCK])
        with pytest.raises(AlreadyRunning):
            making.run_day(tmp_path)
        cursor.execute("SELECT pg_advisory_unlock_all()")
    assert making.run_day(tmp_path).customers == 1


def test_a_range_that_fails_leaves_the_others_and_is_taken_up_again(tmp_path, small_parts, monkeypatch):
    making.crowd(60)
    plan, calls = day_module.plan, []

    def breaks(decisions, **how):
        calls.append(decisions.height)
        if len(calls) == 2:
            raise ValueError("a broken row")
        return plan(decisions, **how)

    monkeypatch.setattr(day_module, "plan", breaks)
    first = making.run_day(tmp_path)
    assert list(first.failed.values()) == ["ValueError"] and count(Outbox) == 60 - calls[1]
    monkeypatch.setattr(day_module, "plan", plan)
    second = making.run_day(tmp_path, at=NOW + timedelta(hours=2))
    assert (second.run_id, second.decided_at, second.failed) == (first.run_id, NOW, {})
    assert count(Outbox) == 60 and Run.objects.get().state == "done"


@pytest.mark.parametrize("gap", ["day.after_decide", "day.after_frames", "day.before_commit", "day.after_commit"])
def test_a_killed_day_is_whole_after_the_next_call(tmp_path, book, gap):
    making.crowd(40)
    command = [sys.executable, "-m", "duecourse.interfaces.cli", "day"]
    env = {**os.environ, "DUECOURSE_NOW": NOW.isoformat()}
    killed = subprocess.run(command, env={**env, "DUECOURSE_FAILPOINT": gap}, capture_output=True, timeout=120)
    assert killed.returncode == -signal.SIGKILL
    assert count(Outbox) in (0, 40), "a range is whole or not at all"
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert count(Outbox) == count(Reminder) == count(Decision) == 40
    assert Run.objects.get().state == "done"


def test_replay_matches_to_the_bit_and_finds_one_changed_fact(tmp_path):
    making.customer(late=(8, 20)), making.customer(late=(-3,))
    run_id = making.run_day(tmp_path).run_id
    assert replay(run_id, folder=tmp_path).differ == ()
    file = next((tmp_path / str(run_id)).glob("*.debts.parquet"))
    frame = pl.read_parquet(file)
    frame.with_columns(
        pl.when(pl.int_range(pl.len()) == 0).then(pl.col("due") - pl.duration(days=30)).otherwise("due").alias("due")
    ).write_parquet(file)
    assert len(replay(run_id, folder=tmp_path).differ) == 1
    with pytest.raises(CannotReplay, match="no run"):
        replay(99, folder=tmp_path)


def test_the_receipt_names_facts_reasons_and_rules_for_contact_and_for_silence(tmp_path):
    told, left = making.customer(late=(8,)), making.customer(late=(-20,))
    making.run_day(tmp_path)
    with scope("all"):
        one = receipt(find_customer(told.ref), folder=tmp_path)
        other = receipt(find_customer(left.ref), folder=tmp_path)
        by_message = receipt(find_customer(str(Outbox.objects.get().id)), folder=tmp_path)
    assert (one.verdict, one.step) == ("contact", "day7") and one.facts["debts"][0]["open"] == 10_000
    assert one.reasons[0]["text"].startswith("Step “day7” is reached")
    assert any(rule["id"] == "HOUSE-HOURS" and rule["outcome"] == "pass" for rule in one.rules)
    assert (other.verdict, other.why) == ("nothing", "not_due")
    assert by_message.customer_ref == told.ref
    with pytest.raises(NotFound), scope("all"):
        find_customer("nobody")


def test_a_dry_run_keeps_nothing(tmp_path):
    making.customer()
    assert making.run_day(tmp_path, dry_run=True).verdicts == {"contact": 1}
    assert count(Outbox) == count(Task) == Run.objects.count() == 0


def test_the_database_gone_in_mid_run_is_said_and_nothing_is_half_done(tmp_path, book, small_parts, monkeypatch):
    making.crowd(60)
    import psycopg
    from django.db import InterfaceError, OperationalError, connections

    plan, calls = day_module.plan, []

    def gone(decisions, **how):
        calls.append(1)
        if len(calls) == 2:
            superuser = book.owner_uri.replace("duecourse_owner@/duecourse", "postgres@/postgres")
            with psycopg.connect(superuser) as cursor:
                cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'duecourse_app'")
        return plan(decisions, **how)

    monkeypatch.setattr(day_module, "plan", gone)
    with pytest.raises((OperationalError, InterfaceError)):
        making.run_day(tmp_path)
    connections.close_all()
    done = count(RunPart)
    assert done == 1 and count(Outbox) == sum(RunPart.objects.values_list("contacts", flat=True))
    monkeypatch.setattr(day_module, "plan", plan)
    making.run_day(tmp_path)
    assert count(Outbox) == 60
