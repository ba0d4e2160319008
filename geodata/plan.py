"""What plans say, as frozen values. Places are adcodes; every fact carries the citations it stands on.

Facts are names, roles, figures and positions in the text: no sentence of a document is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from geodata.identity import by_identity
from geodata.language import tr


class Citation(NamedTuple):
    """A passage: characters `start` to `end` (excluded) of the document's normalised text.

    `page` is the page the passage starts on and `page_to` the one it ends on, where the document has pages.
    `digest` is the first 12 hex digits of the SHA-256 of the passage, by which it is known again.
    `exception` says why the passage need not contain the name of what it is cited for: it mentions the place that is
    missing, or the word 名称 where the record's own name is (see `geodata.documents.naming`).
    """

    section: str
    start: int
    end: int
    digest: str
    page: int | None = None
    page_to: int | None = None
    exception: str = ""

    @property
    def pages(self) -> str:
        """`第24页` or `第24—25页`; empty where the document has no pages."""
        if self.page is None:
            return ""
        if self.page_to is None:
            return tr("第{page}页", page=self.page)
        return tr("第{page}—{page_to}页", page=self.page, page_to=self.page_to)

    @property
    def reference(self) -> str:
        """Section and page as a reader looks them up: `五（六），第24页`."""
        return tr("，").join(part for part in (self.section, self.pages) if part)


class Document(NamedTuple):
    """A plan document. `sha256` is of its normalised text, `characters` that text's length."""

    id: str
    title: str
    issuer: str | None
    period: tuple[int, int]
    boundary_date: str | None
    sha256: str
    characters: int
    pages: int | None


class Role(NamedTuple):
    """A role that the plan gives places, in its words; rank 1 is the strongest; kind core, expansion or other."""

    id: str
    name: str
    rank: int
    kind: str
    citations: tuple[Citation, ...]


class Sector(NamedTuple):
    """An industry as the plan divides it. `colour` is a slot of the theme; sub-sectors have none."""

    id: str
    name: str
    citations: tuple[Citation, ...]
    aliases: tuple[str, ...] = ()
    colour: int = 0
    subsectors: tuple[Sector, ...] = ()

    def walk(self) -> Iterator[Sector]:
        """The sector and all below it, parents first."""
        yield self
        for child in self.subsectors:
            yield from child.walk()


class Region(NamedTuple):
    """A named area of several places, with the members the document states."""

    id: str
    name: str
    kind: str
    citations: tuple[Citation, ...]
    aliases: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    note: str = ""


class Site(NamedTuple):
    """A park, zone, base or laboratory. `lon`, `lat` in degrees (CGCS2000), as exact as `precision` says."""

    id: str
    name: str
    kind: str
    precision: str
    basis: str
    citations: tuple[Citation, ...]
    aliases: tuple[str, ...] = ()
    place: str | None = None
    county: str | None = None
    sectors: tuple[str, ...] = ()
    lon: float | None = None
    lat: float | None = None
    note: str = ""


class Assignment(NamedTuple):
    """The role that the plan gives one place in one sector, and what it says of that place alone."""

    sector: str
    role: str
    place: str
    citations: tuple[Citation, ...]
    focus: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    note: str = ""


class Statement(NamedTuple):
    """What is said of several places together (kind `zone`, `joint`), or any other thing said of a place."""

    id: str
    kind: str
    summary: str
    citations: tuple[Citation, ...]
    places: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    role: str | None = None
    focus: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    note: str = ""


class Project(NamedTuple):
    """A project, key engineering programme or research programme; `status` in the document's words."""

    id: str
    name: str
    kind: str
    basis: str
    citations: tuple[Citation, ...]
    sectors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    status: str = ""
    details: tuple[str, ...] = ()
    note: str = ""


class YearValue(NamedTuple):
    """A figure and the year it is for."""

    year: int | None
    value: float


class Indicator(NamedTuple):
    """A quantitative baseline or target with its unit and the comparator of the text (达到, 以上, 年均 …)."""

    id: str
    name: str
    unit: str
    comparator: str
    scope: str
    citations: tuple[Citation, ...]
    base: YearValue | None = None
    target: YearValue | None = None
    places: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    note: str = ""


class Link(NamedTuple):
    """How a sector stands to one of another plan: `same`, `part_of`, `contains`; `none` when nothing there matches it.

    The compiler's judgement, with a word why; no document says it, so it has no citation.
    """

    sector: str
    relation: str
    plan: str
    other: str | None
    why: str


@by_identity
class Plan(NamedTuple):
    """One plan pack: a document and every fact taken from it."""

    id: str
    title: str
    document: Document
    roles: tuple[Role, ...]
    sectors: tuple[Sector, ...]
    regions: tuple[Region, ...]
    sites: tuple[Site, ...]
    assignments: tuple[Assignment, ...]
    statements: tuple[Statement, ...]
    projects: tuple[Project, ...]
    indicators: tuple[Indicator, ...]
    crosswalk: tuple[Link, ...] = ()

    def role(self, role_id: str) -> Role:
        return next(role for role in self.roles if role.id == role_id)

    def sector(self, sector_id: str) -> Sector:
        """The sector or sub-sector of this id."""
        return next(found for sector in self.sectors for found in sector.walk() if found.id == sector_id)

    def site(self, site_id: str) -> Site:
        return next(site for site in self.sites if site.id == site_id)

    @property
    def period(self) -> str:
        """`2016—2020`."""
        first, last = self.document.period
        return tr("{first}—{last}", first=first, last=last)

    @property
    def heading(self) -> str:
        """The document's title with its period, unless the title says it already."""
        title = self.document.title
        return (
            title
            if str(self.document.period[1]) in title
            else tr("{title}（{period}年）", title=title, period=self.period)
        )
