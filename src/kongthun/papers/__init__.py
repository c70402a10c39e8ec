"""Values become papers: PDF through typst templates, in Thai or Arabic digits.

A floor under every app that prints. An app declares what a paper says as a frozen dataclass and
calls `to_pdf` with the name of a template of ``templates/``; values go in as data and are never
read as markup. The same values make the same bytes. What nobody knows is None and becomes a
dotted line to write on.
"""

from __future__ import annotations

from .printing import Data, Digits, MachineRead, as_data, as_fields, qr_svg, to_pdf

__all__ = ["Data", "Digits", "MachineRead", "as_data", "as_fields", "qr_svg", "to_pdf"]
