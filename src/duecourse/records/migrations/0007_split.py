from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    """The tables that the day reads whole are kept in sixteen pieces, by range of shards."""

    dependencies = [("records", "0006_find")]
    operations = [migrations.RunSQL((Path(__file__).parent / "split.sql").read_text(), migrations.RunSQL.noop)]
