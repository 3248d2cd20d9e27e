"""Lines between the layers of a network picture: who sees what of the layer before."""

from nnlab.experiment import Conv2D, MaxPooling2D
from nnlab.figures import palette
from nnlab.figures.network_shapes import (
    RADIUS,
    Box,
    Cell,
    column_x,
    dropped,
    edges,
    front_box,
    strip_box,
    unit_heights,
)
from nnlab.figures.svg import element, line

_STRIP_PORTS = 12


def link(before: Cell, after: Cell) -> str:
    """The lines from one layer to the next one in the same row."""
    kinds = (before.kind, after.kind)
    if kinds == ("image", "image") and after.type in ("Conv2D", "MaxPooling2D"):
        return _receptive_field(before, after)
    if kinds == ("image", "strip"):
        return _unrolled(before, after)
    if before.kind in ("column", "strip") and after.kind == before.kind and not _dense(after):
        return _one_to_one(before, after)
    if before.kind in ("column", "strip") and _dense(after):
        return _all_to_all(before, after)
    return _arrow(before, after)


def turn(before: Cell, after: Cell, gap: float, right: float) -> str:
    """The way from the end of one row to the start of the next, through the gap at height `gap`."""
    start, end, r = edges(before)[1] + 8, edges(after)[0] - 5, 8
    left = after.x - after.slot / 2 - 8
    path = (
        f"M{start:.1f} {before.y:.1f}H{right - r:.1f}q{r} 0 {r} {r}V{gap - r:.1f}q0 {r} -{r} {r}"
        f"H{left + r:.1f}q-{r} 0 -{r} {r}V{after.y - r:.1f}q0 {r} {r} {r}H{end:.1f}"
    )
    return _way(path) + _head(end, after.y)


def _dense(cell: Cell) -> bool:
    return cell.kind == "column" and cell.type in ("Dense", "Output")


def _way(path: str) -> str:
    return element("path", d=path, fill="none", stroke="currentColor", stroke_opacity=0.4,
                   stroke_width=1.3)  # fmt: skip


def _head(x: float, y: float) -> str:
    path = f"M{x - 5:.1f} {y - 4:.1f}L{x:.1f} {y:.1f}L{x - 5:.1f} {y + 4:.1f}"
    return _way(path)


def _arrow(before: Cell, after: Cell) -> str:
    start, end = edges(before)[1] + 8, edges(after)[0] - 8
    if end - start < 6:
        return ""
    return _way(line(start, before.y, end, after.y)) + _head(end, after.y)


def _ports(cell: Cell) -> list[float]:
    """Heights at which lines leave or reach a cell."""
    if cell.kind == "column":
        return unit_heights(cell)
    _, top, _, height = strip_box(cell)
    return [top + height * (i + 0.5) / _STRIP_PORTS for i in range(_STRIP_PORTS)]


def _all_to_all(before: Cell, after: Cell) -> str:
    """Every value to every unit, in three strengths, as weights are; dropped values send none."""
    start, end = edges(before)[1] + 1, column_x(after) - RADIUS - 1
    silent = dropped(before, len(_ports(before))) if before.kind == "column" else set()
    paths = ["", "", ""]
    for i, y in enumerate(_ports(before)):
        if i in silent:
            continue
        for j, y_after in enumerate(_ports(after)):
            paths[(i * 5 + j * 7 + i * j) % 3] += line(start, y, end, y_after)
    return "".join(
        element("path", d=path, stroke=after.colour, stroke_width=width, stroke_opacity=opacity)
        for path, width, opacity in zip(paths, (0.5, 0.75, 1.0), (0.3, 0.42, 0.55), strict=True)
        if path
    )


def _one_to_one(before: Cell, after: Cell) -> str:
    start, end = edges(before)[1] + 2, edges(after)[0] - 2
    path = "".join(line(start, y, end, y) for y in _ports(after))
    return element("path", d=path, stroke="currentColor", stroke_opacity=0.3, stroke_width=0.9)


def _unrolled(before: Cell, after: Cell) -> str:
    """An image laid out as one strip."""
    x, top, width, height = front_box(before)
    left, strip_top, _, strip_height = strip_box(after)
    corners = (
        f"{x + width:.1f},{top:.1f} {left:.1f},{strip_top:.1f} "
        f"{left:.1f},{strip_top + strip_height:.1f} {x + width:.1f},{top + height:.1f}"
    )
    return element("polygon", points=corners, fill=after.colour, fill_opacity=0.14,
                   stroke=after.colour, stroke_opacity=0.5, stroke_width=0.8)  # fmt: skip


def _receptive_field(before: Cell, after: Cell) -> str:
    """The patch of the image that one value of the next map is computed from."""
    patch, value = _patch(before, after), _one_value(after)
    right, middle = patch[0] + patch[2], value[1] + value[3] / 2
    rays = line(right, patch[1], value[0], middle) + line(
        right, patch[1] + patch[3], value[0], middle
    )
    return (
        element("path", d=rays, stroke="currentColor", stroke_width=1, stroke_opacity=0.55)
        + _outlined(patch, 0.4)
        + _outlined(value, 1)
    )


def _outlined(box: Box, opacity: float) -> str:
    x, y, width, height = box
    return element("rect", x=x, y=y, width=width, height=height, fill=palette.ORANGE,
                   fill_opacity=opacity, stroke=palette.ORANGE, stroke_width=1.4)  # fmt: skip


def _patch(before: Cell, after: Cell) -> Box:
    x, y, width, height = front_box(before)
    rows, columns, _ = before.shape or (1, 1, 1)
    size = _patch_size(after)
    across, down = min(1.0, size / columns), min(1.0, size / rows)
    left, top = x + width * (1 - across) * 0.62, y + height * (1 - down) * 0.3
    return left, top, width * across, height * down


def _patch_size(cell: Cell) -> int:
    settings = cell.layer.settings if cell.layer else None
    if isinstance(settings, Conv2D):
        return settings.kernel_size
    return settings.pool_size if isinstance(settings, MaxPooling2D) else 1


def _one_value(cell: Cell) -> Box:
    x, y, width, height = front_box(cell)
    rows, columns, _ = cell.shape or (1, 1, 1)
    across, down = max(width / columns, 3), max(height / rows, 3)
    return x + (width - across) * 0.62, y + (height - down) * 0.3, across, down
