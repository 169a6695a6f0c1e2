from django.db import migrations


class Migration(migrations.Migration):
    """One sequence for all ids: an id names one row in the whole book."""

    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(
            "CREATE EXTENSION IF NOT EXISTS btree_gist; CREATE EXTENSION IF NOT EXISTS pg_trgm;"
            "CREATE SEQUENCE ids AS bigint START 1000 CACHE 64;",
            "DROP SEQUENCE ids;",
        )
    ]
