from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    """Search by text, quick and within the scope."""

    dependencies = [("records", "0005_day_tally_and_links")]
    operations = [migrations.RunSQL((Path(__file__).parent / "find.sql").read_text(), migrations.RunSQL.noop)]
