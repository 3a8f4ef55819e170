"""The calendar: puts recurring jobs into their queue. Two of it do no harm: every job may run twice."""

from celery.apps.beat import Beat
from celery.schedules import schedule

from pytake.adapters.celery.app import make_celery
from pytake.entrypoints.schedule import SCHEDULE
from pytake.kit.jobs import Queue
from pytake.settings import Settings


def run_beat(settings: Settings) -> None:
    """Run until told to stop. Its memory of what ran when is a file in the data folder."""
    celery = make_celery(settings.redis_url)
    celery.conf.beat_schedule = {
        nudge.job.name: {
            "task": nudge.job.name,
            "schedule": schedule(run_every=every),
            "args": nudge.written(),
            "options": {"queue": Queue.SCHEDULED.value},
        }
        for nudge, every in SCHEDULE.items()
    }
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    Beat(
        app=celery,
        schedule=str(settings.data_dir / "beat"),
        loglevel=settings.log_level.upper(),
        quiet=True,
    ).run()
