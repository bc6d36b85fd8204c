"""How often pages are opened."""

from django.db import models


class Visits(models.Model):
    """How often a page was opened on a day, in a language."""

    day = models.DateField()
    page = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "visits"
        constraints = [models.UniqueConstraint(fields=["day", "page", "language"], name="visits_of_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.page} {self.language}: {self.count}"
