"""The public card of a group on paper, with the code that leads to it."""

from __future__ import annotations

from dataclasses import dataclass

from kongthun.papers import Digits, as_fields, qr_svg, to_pdf


@dataclass(frozen=True, slots=True)
class CardPaper:
    """What the printed card says. ``address`` is where its code leads."""

    name: str
    kind: str
    place: str
    about: str
    products: tuple[str, ...]
    standards: tuple[str, ...]
    contact: str
    address: str


def print_card(paper: CardPaper, *, digits: Digits) -> bytes:
    """บัตรแนะนำกลุ่ม, one A5 page to be put up."""
    return to_pdf("card", as_fields(paper, digits), digits, qr=qr_svg(paper.address))
