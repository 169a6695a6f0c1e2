"""The sandbox's state: one SQLite file. What was answered is on disk before the answer leaves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

SCHEMA = """
create table if not exists payment (
  id text primary key, token text not null unique, reference text not null, payee text not null,
  description text not null, amount_minor integer not null check (amount_minor > 0), currency text not null,
  return_url text not null, state text not null check (state in ('open', 'succeeded', 'failed')),
  created_at text not null, expires_at text not null);
create table if not exists part (
  id text primary key, kind text not null check (kind in ('refund', 'dispute')),
  payment_id text not null references payment, amount_minor integer not null check (amount_minor > 0),
  state text not null, created_at text not null);
create table if not exists answered (
  key text primary key, request_hash text not null, status integer not null, body text not null);
create table if not exists event (
  seq integer primary key autoincrement, id text not null unique, body text not null, due_at real not null,
  tries integer not null default 0, outcome text not null default 'due'
  check (outcome in ('due', 'taken', 'lost', 'given up')));
create index if not exists event_due on event (due_at) where outcome = 'due';
create table if not exists fault (name text primary key, value integer not null);
"""


class Store:
    """`with store.change() as db:` is one transaction: all of it is kept, or none."""

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self._path = home / "sandbox.sqlite3"
        with closing(self._open()) as db:
            db.execute("pragma journal_mode = wal")
            db.executescript(SCHEMA)

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        with closing(self._open()) as db:
            db.execute("begin immediate")
            try:
                yield db
            except BaseException:
                db.rollback()
                raise
            db.commit()

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=30, isolation_level=None)
        db.row_factory = sqlite3.Row
        db.execute("pragma foreign_keys = on")
        db.execute("pragma synchronous = normal")
        return db
