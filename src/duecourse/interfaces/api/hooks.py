"""Addresses for machines that call us, under /hooks/."""

from django.urls import path

from duecourse.interfaces.api.webhooks import webhook

urlpatterns = [path("<slug:gateway>/", webhook, name="webhook")]
