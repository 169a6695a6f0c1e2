"""Addresses for machines that call us, under /hooks/."""

from django.urls import path

from duecourse.interfaces.api import texts, tickets
from duecourse.interfaces.api.webhooks import webhook

urlpatterns = [
    path("sms/<slug:name>/status/", texts.status, name="text_status"),
    path("sms/<slug:name>/in/", texts.inbound, name="text_in"),
    path("tickets/<slug:system>/", tickets.ticket, name="ticket"),
    path("<slug:gateway>/", webhook, name="webhook"),
]
