"""Filters that every template has without loading them."""

from django import template

from kit.hours import class_hours_text, missing_hours_text

register = template.Library()
register.filter("class_hours", class_hours_text)
register.filter("missing_hours", missing_hours_text)
