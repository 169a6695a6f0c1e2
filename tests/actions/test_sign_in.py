"""The first way in: one link, one use, one browser, ten minutes; looking uses nothing up."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from django.db import connections
from django.test import Client, override_settings
from django.urls import include, path

from duecourse.actions import sign_in
from duecourse.site.clock import now
from tests.conftest import Book

BASE = "http://testserver"
urlpatterns = [path("enter/", include("duecourse.interfaces.desk.enter"))]


@pytest.fixture(autouse=True)
def _pages(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The door alone, with plain pages: what is tested here is who gets in."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "account").mkdir()
    (folder / "account" / "enter.html").write_text('<form method="post">{% csrf_token %}<button>In</button></form>')
    (folder / "account" / "link_spent.html").write_text("spent")
    templates = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [str(folder)]}]
    with override_settings(ROOT_URLCONF=__name__, TEMPLATES=templates):
        yield


def _link() -> str:
    return sign_in.one_time_link(BASE, now=now()).removeprefix(BASE)


def _is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def _press(client: Client, link: str) -> int:
    token = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else ""
    return client.post(link, {"csrfmiddlewaretoken": token}).status_code


def test_looking_uses_nothing_up_and_pressing_lets_in_once() -> None:
    link, client = _link(), Client(enforce_csrf_checks=True)
    for _ in range(3):
        assert client.head(link).status_code == client.get(link).status_code == 200
    assert not _is_in(client)
    _press(client, link)
    assert _is_in(client)
    again = Client(enforce_csrf_checks=True)
    assert again.get(link).status_code == 410
    assert not _is_in(again)


def test_looking_changes_no_row(book: Book) -> None:
    link = _link()
    before = _rows(book)
    Client().get(link)
    Client().head(link)
    assert _rows(book) == before


def test_another_browser_cannot_press_and_the_link_stays_good() -> None:
    link, mine, other = _link(), Client(), Client()
    mine.get(link)
    assert other.post(link).status_code == 302
    assert not _is_in(other)
    other.cookies["enter"] = "made:up"
    other.post(link)
    assert not _is_in(other)
    _press(mine, link)
    assert _is_in(mine)


def test_a_cookie_for_one_link_does_not_press_another() -> None:
    first, second, client = _link(), _link(), Client()
    client.get(first)
    client.cookies["enter"]["path"] = second
    client.post(second)
    assert not _is_in(client)


def test_without_the_forms_token_nothing_is_pressed() -> None:
    link, client = _link(), Client(enforce_csrf_checks=True)
    client.get(link)
    assert client.post(link).status_code == 403
    assert not _is_in(client)


def test_after_ten_minutes_it_is_spent() -> None:
    secret = _link().split("/")[2]
    assert sign_in.person_of(secret, now=now() + timedelta(minutes=9)) is not None
    assert sign_in.person_of(secret, now=now() + timedelta(minutes=11)) is None
    assert sign_in.use(secret, now=now() + timedelta(minutes=11)) is None


def test_of_many_at_once_one_gets_in() -> None:
    secret, found = _link().split("/")[2], []

    def press() -> None:
        found.append(sign_in.use(secret, now=now()))
        connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(person is not None for person in found) == 1


def test_guesses_and_what_is_stored_open_nothing(book: Book) -> None:
    secret = _link().split("/")[2]
    stored = str(_rows(book)[0])
    assert secret not in stored
    guesses = [_rows(book)[0][1], secret[:-1], secret + "A", secret.swapcase(), "", "0" * 32]
    assert [sign_in.use(str(guess), now=now()) for guess in guesses] == [None] * len(guesses)


def test_there_is_one_owner_and_no_password_fits() -> None:
    from django.contrib.auth import get_user_model

    _link()
    _link()
    owner = get_user_model().objects.get()
    assert owner.is_superuser
    assert not owner.has_usable_password()
    assert not any(owner.check_password(word) for word in ("", "owner", "admin", "password"))


def _rows(book: Book) -> list[tuple[object, ...]]:
    with psycopg.connect(book.owner_uri) as owner:
        return owner.execute("SELECT * FROM sign_in_link ORDER BY id").fetchall()
