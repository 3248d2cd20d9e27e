"""One set of colours for every picture, safe for the common kinds of colour blindness.

The hues are those of Okabe and Ito, "Color Universal Design" (2008), darkened or lightened
where a line must stand out on a light as well as on a dark page.
"""

BLUE = "#0072B2"
ORANGE = "#E69F00"
VERMILLION = "#D55E00"
GREEN = "#009E73"
SKY = "#56B4E9"
PURPLE = "#CC79A7"
YELLOW = "#F0E442"
GREY = "#8A8F98"

# What a colour means, the same on every page.
TRAINING = SKY
VALIDATION = ORANGE
TEST = GREEN
RIGHT = "#3B8FD9"
WRONG = "#E0603A"
NEUTRAL = GREY

# Cells with numbers on them: hues so dark that white can be read on all of them (contrast above
# 4.5), on a light page as on a dark one.
CELL_RIGHT = "#1F6CB0"
CELL_WRONG = "#BE3A12"
CELL_NEUTRAL = "#686E7A"
ON_CELL = "#FFFFFF"

# Ten classes that stay apart; order as the class labels.
CLASSES = (
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9",
    "#D55E00", "#B8A900", "#7A5CC7", "#8A8F98", "#A65628",
)  # fmt: skip

# Sequential scale for counts: perceptually even and readable in grey (Matplotlib's cividis).
SEQUENTIAL = "Cividis"
DIVERGING = "RdBu"
INK = "gray"


def class_colour(label: int) -> str:
    """Colour of class number `label`; colours repeat after ten classes."""
    return CLASSES[label % len(CLASSES)]
