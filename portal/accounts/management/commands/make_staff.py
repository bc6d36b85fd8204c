import json
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from portal.accounts.staff import make_staff


class Command(BaseCommand):
    help = "Create the demonstration staff who are missing; prints each password once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print user names and passwords as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        made = make_staff()
        path = settings.VAR / "staff_passwords.txt"
        if made:
            keep(path, made)
        if options["json"]:
            self.stdout.write(json.dumps(made))
        elif made:
            self.stdout.write("Sign-ins of the demonstration staff at /accounts/login/ (shown once):")
            for name, password in made.items():
                self.stdout.write(f"  {name:15} {password}")
            self.stdout.write(f"Also kept in {path.name}, readable by you only.")
        else:
            self.stdout.write(f"The demonstration staff exist already; their passwords are in {path.name}.")


def keep(path: Path, made: dict[str, str]) -> None:
    """Write the passwords beside those kept earlier; the file is its owner's only from the first byte on."""
    kept = dict(line.split(" ", 1) for line in path.read_text().splitlines()) if path.exists() else {}
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.writelines(f"{name} {password}\n" for name, password in (kept | made).items())
