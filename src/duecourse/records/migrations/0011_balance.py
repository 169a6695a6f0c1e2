from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    """Legs balance in the statement that writes them."""

    dependencies = [("records", "0010_ways_out")]
    operations = [migrations.RunSQL((Path(__file__).parent / "balance.sql").read_text(), migrations.RunSQL.noop)]
