"""Strategies on trial: what was asked of the simulator, trials on the live book with every look at them, and what was learned.

They are about playbooks of the whole installation and hold no customer's data, so they carry no creditor.
"""

from __future__ import annotations

from django.db import models


class WhatIf(models.Model):
    """A question to the simulator: the first playbook against the others. Played in the background."""

    id = models.BigAutoField(primary_key=True)
    playbooks = models.JSONField(help_text="[{label, text}], the first is compared with")
    customers = models.IntegerField()
    days = models.IntegerField()
    seed = models.BigIntegerField(help_text="Of the first world")
    seeds = models.IntegerField(help_text="Worlds")
    state = models.CharField(max_length=8, default="due", help_text="due, playing, done or failed")
    done = models.IntegerField(default=0, help_text="Simulated days lived")
    total = models.IntegerField(help_text="Simulated days to live")
    result = models.JSONField(null=True, help_text="core.simulate.tried: Tried.plain()")
    why = models.TextField(blank=True, default="", help_text="Why it failed")
    asked_by = models.TextField()
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "what_if"
        indexes = [models.Index(fields=["-id"], name="what_if_newest")]


class Trial(models.Model):
    """A second playbook beside the one that runs: in shadow (decided, kept, nothing sent) or for a share of customers by lot.

    A customer's arm is worked out from the id and `salt` alone, so it never changes and can be proved afterwards.
    """

    id = models.BigAutoField(primary_key=True)
    name = models.TextField()
    mode = models.CharField(max_length=8, help_text="shadow or lot")
    playbook = models.TextField(help_text="Label of the new one")
    playbook_text = models.TextField()
    share = models.FloatField(help_text="Of customers who get the new one; 0 in shadow")
    salt = models.TextField(help_text="Makes this trial's lots its own")
    started_at = models.DateTimeField()
    started_by = models.TextField()
    review_date = models.DateField()

    class Meta:
        db_table = "trial"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(mode="shadow", share=0) | models.Q(mode="lot", share__gt=0, share__lt=1),
                name="trial_share_fits_mode",
            )
        ]


class TrialLook(models.Model):
    """What a look at a trial found. Any number of looks keeps the false alarms at one in twenty (core.measure.sequential)."""

    id = models.BigAutoField(primary_key=True)
    trial = models.ForeignKey(Trial, on_delete=models.PROTECT, related_name="looks")
    as_of = models.DateField()
    at = models.DateTimeField()
    arms = models.JSONField(help_text="now and new: customers, mean, variance, contacts, complaints")
    difference = models.FloatField()
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    harm = models.FloatField()
    verdict = models.CharField(max_length=8, help_text="goes_on, better, worse or harm")

    class Meta:
        db_table = "trial_look"
        constraints = [models.UniqueConstraint(fields=["trial", "as_of"], name="trial_look_once")]


class TrialEnd(models.Model):
    """A trial that has ended, by whom and why. From then on everybody gets the playbook that runs."""

    id = models.BigAutoField(primary_key=True)
    trial = models.OneToOneField(Trial, on_delete=models.PROTECT, related_name="end")
    at = models.DateTimeField()
    by = models.TextField()
    why = models.TextField()

    class Meta:
        db_table = "trial_end"


class Improvement(models.Model):
    """A change that was made to do better, what is expected of it, and when that is looked at."""

    id = models.BigAutoField(primary_key=True)
    what = models.TextField()
    why = models.TextField()
    figure = models.CharField(max_length=40, help_text="Key of core.measure.definitions that it should move")
    expected = models.TextField()
    changed_on = models.DateField()
    review_date = models.DateField()
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "improvement"


class ImprovementReview(models.Model):
    """What a review found and what was decided; a later one may decide otherwise."""

    id = models.BigAutoField(primary_key=True)
    improvement = models.ForeignKey(Improvement, on_delete=models.PROTECT, related_name="reviews")
    found = models.TextField()
    decided = models.CharField(max_length=8, help_text="keep, change or undo")
    next_review_date = models.DateField(null=True)
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        db_table = "improvement_review"
