import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from portal.follow import outbox, tidying


class Command(BaseCommand):
    help = "Delete addresses that were never confirmed and old letters, and send what the outbox still holds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        gone = tidying.tidy(now=now)
        sent, left = outbox.send_due(now=now)
        if options["json"]:
            self.stdout.write(json.dumps({"deleted": gone, "sent": sent, "left": left}))
        else:
            text = f"Deleted {gone['follows']} unconfirmed addresses and {gone['letters']} old letters."
            self.stdout.write(f"{text} Sent {sent} letters, {left} are left for later.")
