from pathlib import Path

from django.db import migrations, models


class Migration(migrations.Migration):
    """Texts that a creditor's staff write, and who published them."""

    dependencies = [("records", "0015_hearing")]
    operations = [
        migrations.CreateModel(
            name="WordsVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("creditor_id", models.BigIntegerField()),
                ("name", models.CharField(help_text="Of the library, such as reminder_day14", max_length=40)),
                ("language", models.CharField(max_length=8)),
                ("number", models.IntegerField(help_text="1 is the first version of this creditor")),
                ("source", models.TextField()),
                ("sha256", models.TextField()),
                ("why", models.TextField(help_text="What was changed, in the writer's words")),
                ("written_by_id", models.BigIntegerField()),
                ("written_by", models.TextField()),
                ("written_at", models.DateTimeField()),
            ],
            options={
                "db_table": "words_version",
                "constraints": [models.UniqueConstraint(fields=("creditor_id", "name", "language", "number"), name="words_version_number")],
            },
        ),
        migrations.CreateModel(
            name="WordsPublication",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("creditor_id", models.BigIntegerField()),
                ("name", models.CharField(max_length=40)),
                ("language", models.CharField(max_length=8)),
                ("version_id", models.BigIntegerField(null=True)),
                ("published_by_id", models.BigIntegerField()),
                ("published_by", models.TextField()),
                ("published_at", models.DateTimeField()),
            ],
            options={
                "db_table": "words_publication",
                "indexes": [models.Index(fields=["creditor_id", "name", "language", "-id"], name="words_publication_newest")],
            },
        ),
        migrations.RunSQL((Path(__file__).parent / "wording.sql").read_text(), migrations.RunSQL.noop),
    ]
