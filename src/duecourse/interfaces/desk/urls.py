"""Addresses of the desk, under /desk/."""

from django.urls import include, path

from duecourse.interfaces import theme
from duecourse.interfaces.desk.pages import (
    account,
    acts,
    alone,
    calling,
    customer,
    evidence,
    facts,
    find,
    holds,
    import_begin,
    import_check,
    import_keep,
    outbox,
    overrides,
    rules,
    ruling,
    worklist,
)

app_name = "desk"
urlpatterns = [
    path("", worklist.page, name="worklist"),
    path("alone/", alone.page, name="alone"),
    path("find/", find.page, name="find"),
    path("holds/", holds.page, name="holds"),
    path("holds/<int:shard>/<int:hold_id>/lift/", acts.hold_lift, name="hold_lift"),
    path("c/<int:shard>/<int:customer_id>/", customer.page, name="customer"),
    path("c/<int:shard>/<int:customer_id>/evidence.zip", evidence.customer, name="evidence"),
    path("c/<int:shard>/<int:customer_id>/ring/", calling.begin, name="call_begin"),
    path("c/<int:shard>/<int:customer_id>/facts/", facts.page, name="facts"),
    path("facts/<int:shard>/<int:fact_id>/end/", facts.end, name="fact_end"),
    path("rulings/<int:shard>/<int:ruling_id>/", ruling.page, name="ruling"),
    path("rulings/<int:shard>/<int:ruling_id>/ask/", overrides.ask, name="override_ask"),
    path("second-look/", overrides.page, name="overrides"),
    path("second-look/<int:shard>/<int:override_id>/", overrides.decide, name="override_decide"),
    path("c/<int:shard>/<int:customer_id>/call/", acts.call, name="call"),
    path("c/<int:shard>/<int:customer_id>/hold/", acts.hold_place, name="hold_place"),
    path("tasks/<int:shard>/<int:task_id>/close/", acts.task_close, name="task_close"),
    path("tasks/<int:shard>/<int:task_id>/reopen/", acts.task_reopen, name="task_reopen"),
    path("outbox/", outbox.page, name="outbox"),
    path("outbox/<int:shard>/<int:outbox_id>/", outbox.message, name="message"),
    path("outbox/<int:shard>/<int:outbox_id>/html/", outbox.message_html, name="message_html"),
    path("outbox/<int:shard>/<int:outbox_id>/doubt/", outbox.doubt, name="doubt"),
    path("rules/", rules.page, name="rules"),
    path("import/", import_begin.page, name="import"),
    path("import/<int:import_id>/", import_check.page, name="import_file"),
    path("import/<int:import_id>/answers/", import_check.answers, name="import_answers"),
    path("import/<int:import_id>/refused.csv", import_check.refused, name="import_refused"),
    path("import/<int:import_id>/preview/", import_keep.preview_page, name="import_preview"),
    path("import/<int:import_id>/keep/", import_keep.keep_page, name="import_keep"),
    path("insight/", include("duecourse.interfaces.insight.urls")),  # dashboard, figure_csv, figure_rows
    path("you/", account.page, name="account"),
    path("you/keys/", account.keys, name="keys"),
    path("going-live/", account.going_live, name="going_live"),
    path("theme/", theme.choose, name="theme"),
]
