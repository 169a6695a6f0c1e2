from pathlib import Path

from django.db import migrations

HERE = Path(__file__).parent


class Migration(migrations.Migration):
    """The database's own guards: ledger, constraints, row-level security."""

    dependencies = [("records", "0002_tables")]
    operations = [
        migrations.RunSQL((HERE / name).read_text(), migrations.RunSQL.noop)
        for name in ("ledger.sql", "constraints.sql", "tenancy.sql")
    ]
