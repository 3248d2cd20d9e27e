"""The sheet of paper: the strokes on it, what was there before, and how it looks.

Knows nothing of the page. The canvas reports its strokes (objects of Fabric.js, as JSON) and its
pixels; undo, redo and clear put other strokes before it, and it reports once more.
"""

import base64
import io
import json
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

# Side of the canvas in pixels: room for a finger, and still within a telephone.
SIDE = 336
PEN, THINNEST, THICKEST = 22, 6, 48


@dataclass(frozen=True)
class Format:
    """A kind of paper: its name, also of the draft it is kept in, and its size in pixels."""

    name: str
    width: int
    height: int
    pen: int


DIGIT_PAPER = Format("drawing", SIDE, SIDE, PEN)
# As wide as fits beside the sidebar of a tablet.
NUMBER_PAPER = Format("number-drawing", 544, 248, 16)

# More steps back, or more text, than this are not kept.
KEPT_STEPS = 200
KEPT_CHARACTERS = 1_000_000

Stroke = dict[str, Any]


@dataclass
class Sheet:
    """A drawing with its history.

    Attributes:
        strokes: what is on the paper.
        paper: what it is drawn on.
        image: how it looks, a PNG of the paper's size; None before the canvas has reported.
        pen: width of the next stroke in pixels.
        handed: the strokes that the canvas was last told to show, whatever was added since.
        edition: counts up when the canvas has to show other strokes than it does.
    """

    paper: Format = DIGIT_PAPER
    strokes: list[Stroke] = field(default_factory=list)
    image: bytes | None = None
    pen: int = 0
    handed: list[Stroke] = field(default_factory=list)
    edition: int = 0
    _past: list[list[Stroke]] = field(default_factory=list)
    _future: list[list[Stroke]] = field(default_factory=list)
    _report: Any = None
    _awaited: bool = False

    def __post_init__(self) -> None:
        self.pen = self.pen or self.paper.pen

    @property
    def empty(self) -> bool:
        """Nothing is drawn."""
        return not self.strokes

    @property
    def can_undo(self) -> bool:
        """There is a step back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """A step back was taken and can be taken again."""
        return bool(self._future)

    @property
    def shown(self) -> bytes | None:
        """How the drawing looks; None for a clean sheet, and before the canvas has reported."""
        return None if self.empty else self.image

    def still_is(self, image: bytes | None) -> bool:
        """Whether what was found out about `image` stands: nothing else is known to be drawn."""
        return image == self.shown or not (self.empty or self.shown)

    def take(self, drawing: Any, image: bytes | None) -> bool:
        """Take over what the canvas reports; False when that is no news, or no drawing."""
        report = (_strokes(drawing), image)
        if report == self._report or report[0] is None or not is_picture(image, self.paper):
            return False
        self._report = report
        if not self._awaited and report[0] != self.strokes:
            self._remember()
        self._awaited = False  # what it was handed, it has now repeated
        self.strokes, self.image = report[0], image
        return True

    def mount(self) -> None:
        """A new canvas is about to appear: let it begin with these strokes."""
        self.handed = self.strokes
        self.edition += 1
        self._report, self._awaited = None, False

    def undo(self) -> None:
        """Take the last step back."""
        if self._past:
            self._future.append(self.strokes)
            self._put(self._past.pop())

    def redo(self) -> None:
        """Take the step that was undone."""
        if self._future:
            self._past.append(self.strokes)
            self._put(self._future.pop())

    def clear(self) -> None:
        """A clean sheet; undo brings the drawing back."""
        if not self.empty:
            self._remember()
            self._put([])

    def to_json(self) -> Any:
        """What brings the drawing back later; without its strokes where there are too many."""
        image = base64.b64encode(self.image).decode("ascii") if self.image else None
        kept = {"strokes": self.strokes, "image": image, "pen": self.pen}
        return kept if len(json.dumps(kept)) <= KEPT_CHARACTERS else {"pen": self.pen}

    @classmethod
    def from_json(cls, kept: Any, paper: Format = DIGIT_PAPER) -> "Sheet":
        """The sheet as it was kept; a clean one where that cannot be read."""
        values = kept if isinstance(kept, dict) else {}
        strokes, image = _strokes({"objects": values.get("strokes")}), _decoded(values.get("image"))
        pen = values.get("pen")
        sheet = cls(paper, pen=pen if isinstance(pen, int) and THINNEST <= pen <= THICKEST else 0)
        if strokes and is_picture(image, paper):
            sheet.strokes, sheet.image = strokes, image
            sheet._past = [strokes[:n] for n in range(len(strokes))][-KEPT_STEPS:]
        return sheet

    def _remember(self) -> None:
        self._past = [*self._past, self.strokes][-KEPT_STEPS:]
        self._future = []

    def _put(self, strokes: list[Stroke]) -> None:
        """Hand other strokes to the canvas; how they look is known when it reports."""
        self.strokes, self.handed, self.image = strokes, strokes, None
        self.edition += 1
        self._awaited = True


def pixels(image: bytes) -> NDArray[np.uint8]:
    """A PNG as uint8 (height, width, 4)."""
    return np.asarray(Image.open(io.BytesIO(image), formats=["PNG"]).convert("RGBA"))


def is_picture(image: bytes | None, paper: Format = DIGIT_PAPER) -> bool:
    """Whether this is a whole PNG of the paper's size; a larger one is not unpacked."""
    try:
        picture = Image.open(io.BytesIO(image or b""), formats=["PNG"])
        if picture.size != (paper.width, paper.height):
            return False
        picture.load()
    except (OSError, ValueError, SyntaxError):
        return False
    return True


def _strokes(drawing: Any) -> list[Stroke] | None:
    objects = drawing.get("objects") if isinstance(drawing, dict) else None
    if not isinstance(objects, list) or not all(isinstance(stroke, dict) for stroke in objects):
        return None
    return objects


def _decoded(text: Any) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True) if isinstance(text, str) else None
    except ValueError:
        return None
