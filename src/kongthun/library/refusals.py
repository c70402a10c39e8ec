"""Why a deed in the library was not done. Each carries data; `wording` says it in Thai."""

from __future__ import annotations

from dataclasses import dataclass

from kongthun.accounts.reach import NotEntitled


@dataclass(frozen=True, slots=True)
class WordsMissing:
    """Something that has to be said was left empty."""

    what: str


@dataclass(frozen=True, slots=True)
class WordsTooLong:
    """More signs than there is room for; ``label`` is the article, if it is one."""

    what: str
    longest: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class WorkUnknown:
    """The library has no such work for this reader."""

    slug: str


@dataclass(frozen=True, slots=True)
class ReplacedUnknown:
    """The work has no such edition that stands and counts at this area."""

    code: str


@dataclass(frozen=True, slots=True)
class NothingRead:
    """No article could be read out of the text."""


@dataclass(frozen=True, slots=True)
class ArticleEmpty:
    """A label without words."""

    label: str


@dataclass(frozen=True, slots=True)
class LabelTwice:
    """Two articles of one label; nobody could cite them."""

    label: str


@dataclass(frozen=True, slots=True)
class TooManyArticles:
    """More articles than an edition has room for."""

    count: int
    most: int


@dataclass(frozen=True, slots=True)
class EditionThere:
    """The same area has added an edition of this name and day."""

    name: str


@dataclass(frozen=True, slots=True)
class EditionUnknown:
    """No edition of this number was added."""

    pk: int


@dataclass(frozen=True, slots=True)
class TakenDown:
    """The edition was taken down before."""

    name: str


@dataclass(frozen=True, slots=True)
class PaperThere:
    """The paper of this edition was handed in; a better one takes another edition."""

    name: str


LibraryRefusal = (
    NotEntitled
    | WordsMissing
    | WordsTooLong
    | WorkUnknown
    | ReplacedUnknown
    | NothingRead
    | ArticleEmpty
    | LabelTwice
    | TooManyArticles
    | EditionThere
    | EditionUnknown
    | TakenDown
    | PaperThere
)


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was written, for these reasons, all of them."""

    refusals: tuple[LibraryRefusal, ...]
