"""`kongthun serve`: the product on this machine, by the same server a province would use."""

from __future__ import annotations

import os
import sys
import webbrowser
from argparse import ArgumentParser
from threading import Timer
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
        parser.add_argument("--open", action="store_true", help="open a browser where there is one")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401, ARG002
        if options["open"] and _has_screen():
            address = f"http://localhost:{options['port']}/"
            Timer(2, webbrowser.open, [address]).start()  # by then it answers
        _Server(
            {
                "bind": f"{options['host']}:{options['port']}",
                "workers": options["workers"],
                "threads": 4,
                "timeout": 120,
                "loglevel": "warning",
            }
        ).run()


def _has_screen() -> bool:
    """Whether a browser window could be seen here (a server in a cellar has none)."""
    is_desktop = sys.platform in {"darwin", "win32"}
    return is_desktop or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


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
