"""Addresses of the portal, under /p/. Mail names the link itself and /help/, /wrong/, /why/ and /stop/."""

from django.urls import path

from duecourse.interfaces import theme
from duecourse.interfaces.portal import language
from duecourse.interfaces.portal.pages import (
    about,
    agreement,
    check,
    help,
    invoices,
    link,
    not_me,
    offers,
    owed,
    paid,
    papers,
    pay,
    plan,
    preferences,
    renew,
    stop,
    why,
    wrong,
)

app_name = "portal"
urlpatterns = [
    path("check/", check.page, name="check"),
    path("your-data/", about.your_data, name="your_data"),
    path("accessibility/", about.access, name="access"),
    path("language/", language.choose, name="language"),
    path("theme/", theme.choose, name="theme"),
    path("<str:token>/", link.page, name="link"),
    path("<str:token>/owed/", owed.page, name="owed"),
    path("<str:token>/pay/", pay.page, name="pay"),
    path("<str:token>/plan/", plan.page, name="plan"),
    path("<str:token>/plan/<int:offer_id>/", offers.page, name="offers"),
    path("<str:token>/plan/<int:offer_id>/<int:at>/", offers.terms, name="terms"),
    path("<str:token>/agreement/<int:arrangement_id>/", agreement.page, name="agreement"),
    path("<str:token>/agreement/<int:arrangement_id>/paper/", agreement.paper, name="agreement_paper"),
    path("<str:token>/agreement/<int:arrangement_id>/dates/", agreement.dates, name="agreement_dates"),
    path("<str:token>/agreement/<int:arrangement_id>/end/", agreement.end, name="agreement_end"),
    path("<str:token>/papers/", papers.page, name="papers"),
    path("<str:token>/papers/<str:currency>/", papers.account, name="statement"),
    path("<str:token>/preferences/", preferences.page, name="preferences"),
    path("<str:token>/paid/", paid.page, name="paid"),
    path("<str:token>/invoices/", invoices.page, name="invoices"),
    path("<str:token>/why/", why.page, name="why"),
    path("<str:token>/help/", help.page, name="help"),
    path("<str:token>/wrong/", wrong.page, name="wrong"),
    path("<str:token>/not-me/", not_me.page, name="not_me"),
    path("<str:token>/stop/", stop.page, name="stop"),
    path("<str:token>/new-link/", renew.page, name="renew"),
]
