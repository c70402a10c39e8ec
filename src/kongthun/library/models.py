"""Regulations and guidelines by version and article, to be searched and cited.

What the product comes with stands in `texts/`; rows are what offices added on screen.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .editions import Kind, Worth


class AddedEdition(models.Model):
    """An edition that an office added. Its words are never changed; it may be taken down.

    ``work`` is the slug of a work that the product comes with or of one that was added. The paper
    may be handed in once afterwards.
    """

    area_code = models.CharField(
        max_length=8, blank=True, help_text="The office's area; empty for the whole nation."
    )
    work = models.SlugField(max_length=40, db_index=False)
    title = models.CharField(max_length=200)
    short = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=120, help_text="ฉบับ, e.g. พ.ศ. 2553")
    starts_on = models.DateField()
    worth = models.CharField(max_length=8, choices=Worth.choices)
    source = models.CharField(max_length=200)
    replaces = models.CharField(
        max_length=40, blank=True, help_text="Code of the edition it holds in better words."
    )
    evidence = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the paper (PDF).")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    withdrawn_note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "ฉบับที่เพิ่มไว้"
        indexes = [models.Index(fields=["work", "area_code"], name="library_edition_work")]


class AddedPassage(models.Model):
    """An article of an edition that was added, in its place. Never changed."""

    edition = models.ForeignKey(AddedEdition, on_delete=models.PROTECT, related_name="passages")
    area_code = models.CharField(max_length=8, blank=True, help_text="That of its edition.")
    place = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=40, blank=True, help_text="ข้อ 21; empty before the first.")
    key = models.CharField(max_length=40)
    chapter = models.CharField(max_length=200, blank=True)
    words = models.TextField()
    folded = models.TextField(help_text="What is searched: label, chapter and words, folded.")

    class Meta:
        verbose_name = "ข้อของฉบับที่เพิ่มไว้"
        constraints = [
            models.UniqueConstraint(fields=["edition", "place"], name="library_passage_place"),
            models.UniqueConstraint(fields=["edition", "key"], name="library_passage_key"),
        ]
