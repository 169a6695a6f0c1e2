import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OWN_ROWS = """
ALTER TABLE day_tally ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON day_tally
  USING ((SELECT scope_is_all()) OR creditor_id = ANY ((SELECT scope_creditors())::bigint[]));
"""


class Migration(migrations.Migration):
    """Figures counted for the dashboard, and one-time links for the staff's first way in."""

    dependencies = [
        ("records", "0004_pages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="DayTally",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("creditor_id", models.BigIntegerField(null=True)),
                ("as_of", models.DateField()),
                ("currency", models.CharField(max_length=3)),
                ("items", models.JSONField(help_text="Item → count or minor units")),
                ("version", models.TextField(help_text="State of ledger and contacts that was counted")),
                ("seconds", models.FloatField(help_text="How long the count took")),
                ("counted_at", models.DateTimeField()),
            ],
            options={
                "db_table": "day_tally",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("creditor_id", "as_of", "currency"), name="day_tally_once", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SignInLink",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("digest", models.TextField(help_text="SHA-256 of the secret part", unique=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={"db_table": "sign_in_link"},
        ),
        migrations.RunSQL(OWN_ROWS, migrations.RunSQL.noop),
    ]
