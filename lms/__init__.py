"""The project package: settings, urls, the Celery application, portal and static files."""

from lms.celery import app as celery_app

__all__ = ["celery_app"]
