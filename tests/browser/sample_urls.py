"""The addresses that templates name, for pages rendered without a server."""

from django.urls import include, path

urlpatterns = [
    path("p/", include("duecourse.interfaces.portal.urls")),
    path("desk/", include("duecourse.interfaces.desk.urls")),
    path("account/", include("allauth.urls")),
]
