"""Addresses of insight, under /desk/insight/ and in the desk's name space."""

from django.urls import path

from duecourse.interfaces.insight import figure_csv, page

urlpatterns = [
    path("", page.dashboard, name="dashboard"),
    path("<slug:name>.csv", figure_csv.chart, name="figure_csv"),
    path("rows/<slug:name>.csv", figure_csv.rows, name="figure_rows"),
]
