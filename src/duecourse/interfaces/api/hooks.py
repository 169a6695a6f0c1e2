"""Addresses for machines that call us, under /hooks/."""

from django.urls import path

from duecourse.interfaces.api import texts
from duecourse.interfaces.api.webhooks import webhook

urlpatterns = [
    path("sms/<slug:name>/status/", texts.status, name="text_status"),
    path("sms/<slug:name>/in/", texts.inbound, name="text_in"),
    path("<slug:gateway>/", webhook, name="webhook"),
]
