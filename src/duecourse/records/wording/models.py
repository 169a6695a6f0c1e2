"""Texts of messages as a creditor's staff write them. The library's own text holds until a version is published."""

from __future__ import annotations

from django.db import models


class WordsVersion(models.Model):
    """One version of one message in one language; never changed. The same text again is the same version."""

    id = models.BigAutoField(primary_key=True)
    creditor_id = models.BigIntegerField()
    name = models.CharField(max_length=40, help_text="Of the library, such as reminder_day14")
    language = models.CharField(max_length=8)
    number = models.IntegerField(help_text="1 is the first version of this creditor")
    source = models.TextField()
    sha256 = models.TextField()
    why = models.TextField(help_text="What was changed, in the writer's words")
    written_by_id = models.BigIntegerField()
    written_by = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        db_table = "words_version"
        constraints = [
            models.UniqueConstraint(fields=["creditor_id", "name", "language", "number"], name="words_version_number")
        ]


class WordsPublication(models.Model):
    """From `published_at` on messages are written with this version; the newest row rules. An empty version: the library's own."""

    id = models.BigAutoField(primary_key=True)
    creditor_id = models.BigIntegerField()
    name = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    version_id = models.BigIntegerField(null=True)
    published_by_id = models.BigIntegerField()
    published_by = models.TextField()
    published_at = models.DateTimeField()

    class Meta:
        db_table = "words_publication"
        indexes = [models.Index(fields=["creditor_id", "name", "language", "-id"], name="words_publication_newest")]
