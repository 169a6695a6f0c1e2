"""All addresses: customers under /p/, staff under /desk/, machines under /hooks/ and /api/."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path


def home(request: HttpRequest) -> HttpResponse:
    return redirect("/desk/")


urlpatterns = [
    path("", home),
    path("p/", include("duecourse.interfaces.portal.urls")),
    path("desk/", include("duecourse.interfaces.desk.urls")),
    path("hooks/", include("duecourse.interfaces.api.hooks")),
    path("enter/", include("duecourse.interfaces.desk.enter")),
    path("account/", include("allauth.urls")),
]
