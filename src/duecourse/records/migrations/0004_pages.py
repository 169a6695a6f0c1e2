from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    """Indexes of the pages."""

    dependencies = [("records", "0003_guards")]
    operations = [migrations.RunSQL((Path(__file__).parent / "pages.sql").read_text(), migrations.RunSQL.noop)]
