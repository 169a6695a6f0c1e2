from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecordsConfig(AppConfig):
    name = "duecourse.records"
    label = "records"
    verbose_name = "Records"

    def ready(self) -> None:
        from duecourse.records.roles import grant_after_migrate

        # No sender: the grants cover every table, so they follow whichever application migrated last.
        post_migrate.connect(grant_after_migrate, dispatch_uid="duecourse.grants")
