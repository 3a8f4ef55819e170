"""The Celery application, the same for who pushes nudges, who does them and who keeps the calendar."""

from celery import Celery
from kombu.entity import Exchange, Queue

from pytake.kit.jobs import Queue as QueueName


def make_celery(redis_url: str) -> Celery:
    """Each queue has its own routing key: without one, every queue would get every message."""
    app = Celery("pytake", broker=broker_url(redis_url))
    exchange = Exchange("celery", type="direct")
    app.conf.update(
        task_queues=[Queue(name.value, exchange, routing_key=name.value) for name in QueueName],
        task_default_queue=QueueName.DEFAULT.value,
        task_default_exchange="celery",
        task_default_routing_key=QueueName.DEFAULT.value,
        task_ignore_result=True,
        task_store_errors_even_if_ignored=False,
        task_serializer="json",
        accept_content=["json"],
        task_acks_late=False,  # a lost nudge costs a second, a repeated one nothing: rows are the truth
        worker_prefetch_multiplier=1,
        worker_enable_remote_control=False,
        worker_send_task_events=False,
        worker_hijack_root_logger=False,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={
            "socket_timeout": 5,
            "socket_connect_timeout": 2,
            "socket_keepalive": True,
            "health_check_interval": 10,
            "max_retries": 0,
        },
    )
    return app


def broker_url(redis_url: str) -> str:
    """Celery spells a Unix socket in its own way."""
    if redis_url.startswith("unix://"):
        return "redis+socket://" + redis_url.removeprefix("unix://").replace("?db=", "?virtual_host=")
    return redis_url
