"""The shape of a document: blocks that PDF and DOCX both can draw.

Sizes are points. A page is A4; its text is WIDTH wide."""
from dataclasses import dataclass, field

PAGE_WIDTH, PAGE_HEIGHT = 595.3, 841.9
LEFT, RIGHT, TOP, BOTTOM = 85, 45, 57, 57
WIDTH = PAGE_WIDTH - LEFT - RIGHT
SERIF, SANS = "Liberation Serif", "Liberation Sans"
BLACK, BLUE, RED, GREY = ((0, 0, 0), (0.1, 0.15, 0.6), (0.8, 0.05, 0.05),
                          (0.35, 0.35, 0.35))


@dataclass
class Line:
    """One paragraph, wrapped to its width."""
    text: str
    size: float = 13
    bold: bool = False
    italic: bool = False
    align: str = "centre"       # centre left right full
    rule: float = 0             # a line under it, of this length
    gap: float = 0              # space above
    frame: bool = False         # boxed, as urgency stamps
    colour: tuple = BLACK
    font: str = SERIF
    indent: float = 0           # of the first line
    lead: str = ""              # bold start of the text
    late: bool = False          # drawn after all others, as stamps are
    body: bool = False          # counts as text for the character error
    underline: bool = False


@dataclass
class Columns:
    """Two cells side by side: the head, or the foot of a document."""
    left: list
    right: list
    split: float = 0.42         # share of the left cell
    gap: float = 0
    whole: bool = True          # never broken over two pages
    paper_only: bool = False    # a stamp on paper: no DOCX has it


@dataclass
class Grid:
    """A table with borders."""
    rows: list
    widths: list                # shares
    size: float = 11
    gap: float = 6


@dataclass
class Break:
    """A new page."""


@dataclass
class Space:
    height: float


@dataclass
class Seal:
    """The red seal and the blue signature at the foot, in `Columns.right`."""
    height: float = 62
    signature: bool = True
    seal: bool = True


@dataclass
class Floating:
    """Lines at a place of their own on page 1, in points."""
    lines: list
    left: float
    top: float
    width: float
    frame: bool = False
    colour: tuple = BLACK
    late: bool = True


@dataclass
class Footer:
    """At the lower edge of page 1."""
    lines: list


@dataclass
class Sheet:
    """The blocks with what holds for all of them."""
    blocks: list
    floating: list = field(default_factory=list)
    left: float = LEFT
    right: float = RIGHT
    top: float = TOP
    page_numbers: bool = True
    font: str = SERIF
    decomposed: bool = False    # letters and their marks apart (NFD)
