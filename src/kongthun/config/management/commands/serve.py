"""`kongthun serve`: the product on this machine, by the same server a province would use."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from gunicorn.app.base import BaseApplication


class Command(BaseCommand):
    """Serve the pages with gunicorn. Loopback unless told otherwise."""

    help = "เปิดให้ใช้งานผ่านเบราว์เซอร์"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002
        _Server(
            {
                "bind": f"{options['host']}:{options['port']}",
                "workers": options["workers"],
                "threads": 4,
                "timeout": 120,
                "loglevel": "warning",
            }
        ).run()


class _Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn with our settings instead of a file's."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:  # noqa: ANN401
        from kongthun.config.wsgi import application  # noqa: PLC0415 (after the fork)

        return application
