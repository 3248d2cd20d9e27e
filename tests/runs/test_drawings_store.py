"""The store of drawings: by owner, all or nothing, and the same after a restart."""

import pytest

from nnlab import settings
from nnlab.runs import drawings as module
from nnlab.runs.database import open_database
from nnlab.runs.drawings import Drawing, Drawings, TooManyDrawings

ANN, BOB = "a" * 32, "b" * 32


def drawing(number: int, label: int = 7) -> Drawing:
    return Drawing(label, 336, (22.0,), (((10.0, float(number)), (100.5, 200.0)),))


@pytest.fixture
def store(database: str) -> Drawings:
    return Drawings(open_database(database))


def kept(store: Drawings, owner: str = ANN) -> list[Drawing]:
    return [each.drawing for each in store.of(owner)]


def test_kept_in_order_and_the_same_after_a_restart(store: Drawings) -> None:
    several = [drawing(3, 1), drawing(1, 9), drawing(2, 0)]
    assert store.add(ANN, several) == 3
    again = Drawings(open_database(settings.database_url()))
    assert kept(again) == several
    assert [each.drawing.digest for each in again.of(ANN)] == [each.digest for each in several]


def test_every_access_is_by_owner(store: Drawings) -> None:
    store.add(ANN, [drawing(1), drawing(2)])
    store.add(BOB, [drawing(1)])
    assert (store.count(ANN), store.count(BOB), store.count("c" * 32)) == (2, 1, 0)
    mine = [each.id for each in store.of(ANN)]
    store.delete(BOB, mine)
    assert store.count(ANN) == 2
    store.keep(BOB, drawing(1, label=4))
    assert [each.label for each in kept(store)] == [7, 7]
    assert [each.label for each in kept(store, BOB)] == [4]


def test_the_same_ink_is_kept_once(store: Drawings) -> None:
    assert store.add(ANN, [drawing(1), drawing(2), drawing(1), drawing(2, label=3)]) == 2
    assert store.add(ANN, [drawing(2), drawing(3)]) == 1
    assert kept(store) == [drawing(1), drawing(2), drawing(3)]


def test_confirming_the_same_ink_with_another_label_corrects_it(store: Drawings) -> None:
    store.keep(ANN, drawing(1, label=7))
    store.keep(ANN, drawing(1, label=1))
    assert kept(store) == [drawing(1, label=1)]


def test_deleted_ones_can_be_added_again(store: Drawings) -> None:
    store.add(ANN, [drawing(i) for i in range(4)])
    first, *_ = store.of(ANN)
    store.delete(ANN, [first.id])
    assert kept(store) == [drawing(i) for i in (1, 2, 3)]
    store.add(ANN, [first.drawing])
    assert kept(store) == [drawing(i) for i in (1, 2, 3, 0)]
    store.delete(ANN, [each.id for each in store.of(ANN)])
    assert store.count(ANN) == 0


def test_too_many_are_refused_whole_and_in_words(store: Drawings) -> None:
    small = Drawings(store.engine, most=3)
    small.add(ANN, [drawing(1), drawing(2)])
    with pytest.raises(TooManyDrawings, match=r"3 drawings. 2 are kept .* 2 would be added"):
        small.add(ANN, [drawing(2), drawing(3), drawing(4)])
    assert kept(store) == [drawing(1), drawing(2)]
    small.add(ANN, [drawing(2), drawing(3)])  # one of them is not new
    small.add(BOB, [drawing(9)])


def test_too_many_points_are_refused(store: Drawings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_POINTS", 5)
    store.add(ANN, [drawing(1), drawing(2)])
    with pytest.raises(TooManyDrawings, match="5 points of strokes. 4 are kept"):
        store.keep(ANN, drawing(3))
    store.add(BOB, [drawing(1), drawing(2)])
    assert store.count(ANN) == 2


def test_the_digest_is_of_the_ink_alone() -> None:
    assert drawing(1, label=1).digest == drawing(1, label=2).digest
    other_pen = Drawing(7, 336, (20.0,), drawing(1).strokes)
    assert len({drawing(1).digest, drawing(2).digest, other_pen.digest}) == 3
