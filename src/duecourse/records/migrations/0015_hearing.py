from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    """Who wrote is found by an index; tasks that customers' own words open come before the rest."""

    dependencies = [("records", "0014_foresight")]
    operations = [migrations.RunSQL((Path(__file__).parent / "hearing.sql").read_text(), migrations.RunSQL.noop)]
