"""Addresses of insight, under /desk/insight/ and in the desk's name space."""

from django.urls import path

from duecourse.interfaces.insight import (
    books,
    costs,
    figure_csv,
    improvements,
    mail_choice,
    page,
    report_page,
    strategies,
    trial_acts,
)

urlpatterns = [
    path("", page.dashboard, name="dashboard"),
    path("strategies/", strategies.page, name="strategies"),
    path("strategies/<int:what_if_id>/", strategies.answer, name="what_if"),
    path("strategies/trials/", trial_acts.begin, name="trial_begin"),
    path("strategies/trials/<int:trial_id>/end/", trial_acts.finish, name="trial_end"),
    path("improvements/", improvements.page, name="improvements"),
    path("improvements/<int:improvement_id>/review/", improvements.review, name="improvement_review"),
    path("costs/", costs.page, name="costs"),
    path("books/", books.page, name="books"),
    path("books.csv", books.rows, name="books_csv"),
    path("mail/", mail_choice.choose, name="dashboard_mail"),
    path("report/<slug:report>/", report_page.page, name="report"),
    path("report/<slug:report>/<slug:name>.csv", report_page.table, name="report_csv"),
    path("<slug:name>.csv", figure_csv.chart, name="figure_csv"),
    path("rows/<slug:name>.csv", figure_csv.rows, name="figure_rows"),
]
