"""Dates in words: `{{ date|day:today }}`, `{{ date|short:today }}`, `{{ date|brief }}`."""

from __future__ import annotations

from django import template

from duecourse.interfaces import dates

register = template.Library()
register.filter("day", dates.day)
register.filter("short", dates.short)
register.filter("brief", dates.brief)
