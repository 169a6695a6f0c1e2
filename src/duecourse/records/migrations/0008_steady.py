from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    """Checks of rows go by the key whatever the statistics say; messages under way have an index."""

    dependencies = [("records", "0007_split")]
    operations = [migrations.RunSQL((Path(__file__).parent / "steady.sql").read_text(), migrations.RunSQL.noop)]
