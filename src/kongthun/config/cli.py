"""`kongthun …`: the one entry for operators.

Every subcommand is a Django management command; a hyphen in its name is an underscore in ours,
so `kongthun export-journal` runs `export_journal`.
"""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one subcommand and exit with its code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kongthun.config.settings")
    arguments = list(sys.argv)
    if len(arguments) > 1 and not arguments[1].startswith("-"):
        arguments[1] = arguments[1].replace("-", "_")
    execute_from_command_line(arguments)


if __name__ == "__main__":
    main()
