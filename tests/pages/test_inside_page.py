import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from page_elements import components
from streamlit.testing.v1 import AppTest

from nnlab import settings
from nnlab.analysis.patches import patch_at
from nnlab.analysis.weighted_sum import NeuronPass
from nnlab.datasets import load_splits
from nnlab.experiment import Conv2D, Dense, Dropout, Experiment, Flatten, with_settings
from nnlab.figures.diverging import coloured
from nnlab.figures.images import data_uri
from nnlab.runs.files import Result, RunFiles
from nnlab.runs.moments import Moment, Moments
from nnlab.runs.run import RunNotFound
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore
from nnlab.ui.draw.sheet import Sheet
from nnlab.work.engine import Engine

PAGE = "pages/9_Inside.py"
VISITOR = "0" * 32
PERCEPTRON = with_settings(Experiment(), {"dataset.name": "digits", "name": "Small"}).model_copy(
    update={"layers": (Flatten(), Dense(units=24), Dropout(rate=0.2))}
)
FILTERS = PERCEPTRON.model_copy(update={"layers": (Conv2D(filters=3), Flatten())})
SHAPES = {
    "perceptron": ((64, 24), (24,), None, (24, 10), (10,)),
    "filters": ((3, 3, 1, 3), (3,), (108, 10), (10,)),
}

Weights = Mapping[str, NDArray[Any]]
OpenPage = Callable[..., AppTest]


def weights(kind: str, seed: int) -> dict[str, NDArray[Any]]:
    """By the names of `nnlab.models.state`; None stands for a dropout's random numbers."""
    lot = np.random.default_rng(seed)
    return {
        f"model.{n}": np.zeros(2, np.uint32)
        if shape is None
        else lot.normal(0, 0.3, shape).astype(np.float32)
        for n, shape in enumerate(SHAPES[kind])
    }


def y_test() -> NDArray[np.int64]:
    return load_splits(PERCEPTRON.dataset).y_test


def x_test() -> NDArray[np.float32]:
    return load_splits(PERCEPTRON.dataset).x_test.astype(np.float32) / np.float32(16)


def answers(wrong: Mapping[int, int]) -> NDArray[np.float32]:
    """Sure of the right class, but for some images by position."""
    said = y_test().copy()
    for position, answer in wrong.items():
        said[position] = answer
    return np.where(np.eye(10)[said] > 0, 0.91, 0.01).astype(np.float32)


def moment(step: int, kept: Weights | None, wrong: Mapping[int, int]) -> Moment:
    y = y_test()
    return Moment(
        step=step,
        epoch=step / 45,
        probabilities=answers(wrong).astype(np.float16),
        indices=np.arange(len(y), dtype=np.int32),
        y_true=y.astype(np.int16),
        layers=(),
        weights=kept,
    )


def add_run(
    kind: str = "perceptron",
    moments: Mapping[int, Weights | None] | None = None,
    ended: bool = True,
) -> str:
    """A run of the visitor's with moments by step, and files of its end."""
    store = RunStore(settings.database_url())
    run_id = store.create({"perceptron": PERCEPTRON, "filters": FILTERS}[kind], VISITOR, "test")
    store.move(run_id, RunState.RUNNING)
    if ended:
        figures = {"test_loss": 0.25, "test_accuracy": 0.9876}
        store.move(run_id, RunState.FINISHED, epoch=5, step=225, steps_per_epoch=45, **figures)
        RunFiles(run_id).write_final(weights(kind, 99), Result(answers({}), y_test()), {})
    for step, kept in (moments or {}).items():
        Moments(run_id).write(moment(step, kept, {4: 8, 6: 1} if step == 0 else {6: 1}))
    return run_id


class Network:
    """Stands for the workers: answers with NumPy from the weights that are on the disk."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int | None, NDArray[np.float32]]] = []

    def weights(self, run_id: str, step: int | None, image: NDArray[np.float32]) -> Weights:
        self.asked.append((run_id, step, image))
        kept = (
            RunFiles(run_id).read_weights() if step is None else Moments(run_id).read(step).weights
        )
        if kept is None:
            raise RunNotFound(run_id)
        return kept

    def layer_outputs(
        self, run_id: str, step: int | None, image: NDArray[np.float32], owner: str
    ) -> list[NDArray[np.float32]]:
        assert owner == VISITOR
        kept = self.weights(run_id, step, image)
        if kept["model.0"].ndim == 4:
            hidden = np.zeros((6, 6, 3), np.float32)
            for at in np.ndindex(6, 6):
                patch = patch_at(image[..., None], at, 3, 1, "valid")
                hidden[at] = np.tensordot(patch, kept["model.0"], 3) + kept["model.1"]
            hidden = np.maximum(hidden, 0)
            flat, last = hidden.ravel(), ("model.2", "model.3")
            first = [hidden, flat]
        else:
            flat = np.maximum(image.ravel() @ kept["model.0"] + kept["model.1"], 0)
            first, last = [image.ravel(), flat, flat], ("model.3", "model.4")
        sums = np.exp(flat @ kept[last[0]] + kept[last[1]])
        return [*first, (sums / sums.sum()).astype(np.float32)]

    def neuron_pass(
        self,
        run_id: str,
        step: int | None,
        image: NDArray[np.float32],
        layer: int,
        unit: int,
        place: tuple[int, int] | None,
        owner: str,
    ) -> NeuronPass:
        assert owner == VISITOR
        kept = self.weights(run_id, step, image)
        kernel, bias = kept["model.0"], float(kept["model.1"][unit])
        at, inputs = None, image.ravel()
        if kernel.ndim == 4:
            at = place or (2, 3)
            inputs = patch_at(image[..., None], at, 3, 1, "valid")
        elif layer == 3:
            inputs = self.layer_outputs(run_id, step, image, owner)[2]
            kernel, bias = kept["model.3"], float(kept["model.4"][unit])
        z = float(np.sum(inputs * kernel[..., unit])) + bias
        grid = np.linspace(-3, 3, 121, dtype=np.float32)
        return NeuronPass(
            inputs, kernel[..., unit], bias, z, max(z, 0.0), at, grid, grid * (grid > 0)
        )


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Network:
    network = Network()
    monkeypatch.setattr(Engine, "layer_outputs", lambda _, *asked: network.layer_outputs(*asked))
    monkeypatch.setattr(Engine, "neuron_pass", lambda _, *asked: network.neuron_pass(*asked))
    return network


@pytest.fixture
def run_id() -> str:
    return add_run(moments={0: weights("perceptron", 0), 45: weights("perceptron", 1)})


@pytest.fixture
def at(open_page: OpenPage, network: Network, run_id: str) -> AppTest:
    return open_page(PAGE, VISITOR)


def sheet(at: AppTest) -> str:
    return components(at, "nnlab_clickable_sheet")[0]["sheet"]


def units(at: AppTest) -> list[int]:
    return [int(n) for n in re.findall(r"weights of (?:unit|filter) (\d+)", sheet(at))]


def charts(at: AppTest) -> list[dict[str, Any]]:
    return [data["figure"] for data in components(at, "nnlab_live_chart")]


def flow(at: AppTest) -> str:
    return components(at, "nnlab_flow")[0]["markup"]


def look(at: AppTest) -> Any:
    (only,) = at.session_state["nnlab_inside"].looks.values()
    return only


def open_section(at: AppTest, name: str) -> AppTest:
    turned = at.session_state["nnlab_inside"].turned
    at.button_group(key=f"inside-section-{turned}").set_value(name).run()
    assert not at.exception, at.exception
    return at


def move_to(at: AppTest, run_id: str, step: int | None) -> None:
    """As the slider does."""
    at.session_state["nnlab_moments"][run_id] = step
    at.run()
    assert not at.exception, at.exception


def words(at: AppTest) -> str:
    kinds = (at.markdown, at.caption, at.info, at.warning)
    return "\n".join(element.value for kind in kinds for element in kind)


def number(written: str) -> float:
    return float(written.replace("−", "-"))


# --- which run --------------------------------------------------------------------------------


def test_without_a_run_the_page_leads_to_train(open_page: OpenPage) -> None:
    at = open_page(PAGE, VISITOR)
    assert at.subheader[0].value == "No network to look into yet"
    assert at.main.get("page_link")[-1].proto.label == "To the Train page"


def test_another_visitors_run_is_not_shown(open_page: OpenPage, run_id: str) -> None:
    assert open_page(PAGE, "1" * 32).subheader[0].value == "No network to look into yet"


def test_without_moments_the_end_is_shown_and_another_training_is_offered(
    open_page: OpenPage, network: Network
) -> None:
    run_id = add_run()
    at = open_page(PAGE, VISITOR)
    assert not components(at, "nnlab_sliders")
    assert "only its end can be seen" in words(at)
    kernel = weights("perceptron", 99)["model.0"]
    assert data_uri(coloured(kernel[:, 0].reshape(8, 8), float(np.abs(kernel).max()))) in sheet(at)

    open_section(at, "Activations")
    assert network.asked[-1][:2] == (run_id, None)
    at.button(key="inside-train-again").click().run()
    assert not at.exception
    runs = RunStore(settings.database_url()).runs_of(VISITOR)
    assert [run.id for run in runs][1:] == [run_id]
    assert runs[0].experiment == runs[1].experiment
    assert "The first moment of this run is still to come" in at.info[0].value


def test_a_run_under_way_is_seen_at_its_newest_moment(
    open_page: OpenPage, network: Network
) -> None:
    moments = {0: weights("perceptron", 0), 45: weights("perceptron", 1)}
    run_id = add_run(moments=moments, ended=False)
    at = open_page(PAGE, VISITOR)
    kernel = moments[45]["model.0"]
    assert data_uri(coloured(kernel[:, 0].reshape(8, 8), float(np.abs(kernel).max()))) in sheet(at)
    open_section(at, "Activations")
    assert network.asked[-1][:2] == (run_id, 45)


def test_a_run_that_has_just_been_started_is_waited_for(open_page: OpenPage) -> None:
    add_run(ended=False)
    at = open_page(PAGE, VISITOR)
    assert "The first moment of this run is still to come" in at.info[0].value
    assert not at.subheader


def test_missing_files_are_told(open_page: OpenPage) -> None:
    RunFiles(add_run()).delete()
    assert "missing or damaged" in open_page(PAGE, VISITOR).error[0].value


# --- weights ----------------------------------------------------------------------------------


def test_the_weights_move_with_the_slider(at: AppTest, run_id: str) -> None:
    for step, seed in ((0, 0), (45, 1), (None, 99)):
        move_to(at, run_id, step)
        kernel = weights("perceptron", seed)["model.0"]
        limit = float(np.abs(kernel).max())
        for unit in range(20):
            assert data_uri(coloured(kernel[:, unit].reshape(8, 8), limit)) in sheet(at)


def test_units_by_norm_and_in_pages(at: AppTest) -> None:
    assert units(at) == list(range(20))
    at.get("pagination")[0].set_value(2).run()
    assert units(at) == [20, 21, 22, 23]

    at.button_group(key=look(at).key("order")).set_value("norm").run()
    sizes = np.linalg.norm(weights("perceptron", 99)["model.0"], axis=0)
    assert units(at) == np.argsort(-sizes, kind="stable")[:20].tolist()
    first = units(at)[0]
    assert f"{first} · {sizes[first]:.2f}" in sheet(at)
    assert look(at).unit == first


def test_each_unit_on_a_scale_of_its_own(at: AppTest) -> None:
    at.button_group(key=look(at).key("scale")).set_value("own").run()
    kernel = weights("perceptron", 99)["model.0"]
    for unit in range(20):
        pixels = kernel[:, unit].reshape(8, 8)
        assert data_uri(coloured(pixels, float(np.abs(pixels).max()))) in sheet(at)


def test_an_opened_unit_has_its_bias_and_the_weights_onwards(at: AppTest) -> None:
    look(at).unit = 5  # what a click on the sheet does
    at.run()
    kept = weights("perceptron", 99)
    image, onwards = charts(at)
    shown = np.array(image["data"][0]["z"], float)
    np.testing.assert_allclose(shown, kept["model.0"][:, 5].reshape(8, 8), rtol=1e-4)
    np.testing.assert_allclose(onwards["data"][0]["y"], kept["model.3"][5], rtol=1e-4)
    bias = re.search(r"bias (\S+)\.", words(at))
    assert number(bias[1]) == pytest.approx(float(kept["model.1"][5]), rel=1e-3)


def test_a_large_network_has_no_weights_but_at_the_end(
    open_page: OpenPage, network: Network
) -> None:
    run_id = add_run(moments={0: None, 45: None})
    at = open_page(PAGE, VISITOR)
    assert units(at)
    move_to(at, run_id, 0)
    assert "were not recorded" in words(at)
    for section in ("Activations", "One neuron"):
        open_section(at, section)
        assert "were not recorded" in words(at)


def test_filters_are_shown_as_kernels(open_page: OpenPage, network: Network) -> None:
    add_run("filters", moments={0: weights("filters", 0)})
    at = open_page(PAGE, VISITOR)
    kernel = weights("filters", 99)["model.0"]
    for unit in range(3):
        assert data_uri(coloured(kernel[..., 0, unit], float(np.abs(kernel).max()))) in sheet(at)
    following = weights("filters", 99)["model.2"].reshape(36, 3, 10)
    np.testing.assert_allclose(
        charts(at)[1]["data"][0]["y"], np.linalg.norm(following[:, 0], axis=0), rtol=1e-4
    )


# --- activations ------------------------------------------------------------------------------


def test_the_flow_shows_what_the_worker_said_of_the_chosen_image_at_the_moment(
    at: AppTest, network: Network, run_id: str
) -> None:
    open_section(at, "Activations")
    at.number_input(key=look(at).fresh_key("number")).set_value(7).run()
    move_to(at, run_id, 0)
    asked_run, step, image = network.asked[-1]
    assert (asked_run, step) == (run_id, 0)
    np.testing.assert_array_equal(image, x_test()[7])

    outputs = network.layer_outputs(run_id, 0, image, VISITOR)
    columns = flow(at).split("data-layer=")[1:]
    assert len(columns) == 4
    for column, expected in zip(columns, outputs, strict=True):
        written = [number(v) for v in re.findall(r'data-v="([^"]+)"', column)]
        np.testing.assert_allclose(written, expected, rtol=1e-3, atol=1e-6)
    assert f"{outputs[-1].max():.1%}" in flow(at)


def test_nothing_is_asked_twice(at: AppTest, network: Network, run_id: str) -> None:
    open_section(at, "Activations")
    before = len(network.asked)
    at.run()
    assert len(network.asked) == before
    move_to(at, run_id, 0)
    assert len(network.asked) == before + 1


def test_a_random_image(at: AppTest, network: Network) -> None:
    open_section(at, "Activations")
    at.button(key=look(at).key("random")).click().run()
    np.testing.assert_array_equal(network.asked[-1][2], x_test()[look(at).number])


def test_an_image_from_the_confusion_matrix_of_the_moment(at: AppTest, run_id: str) -> None:
    open_section(at, "Activations")
    at.button_group(key=look(at).key("source")).set_value("matrix").run()
    move_to(at, run_id, 0)
    assert re.findall(r"test image (\d+)", unescape(sheet(at))) == ["4", "6"]  # both mistakes
    at.selectbox(key=look(at).key("cells-predicted-0")).set_value(8).run()
    true = int(y_test()[4])
    at.selectbox(key=look(at).key("cells-true-0")).set_value(true).run()
    assert re.findall(r"test image (\d+)", unescape(sheet(at))) == ["4"]
    assert f"true {true}, taken for 8: 1 at this moment" in words(at)

    move_to(at, run_id, 45)  # by then it is right
    assert "No image is like that at this moment." in words(at)


def test_without_a_drawing_the_page_leads_to_draw(at: AppTest) -> None:
    open_section(at, "Activations")
    at.button_group(key=look(at).key("source")).set_value("drawing").run()
    assert "Nothing is drawn yet" in words(at)
    assert at.main.get("page_link")[-1].proto.label == "To the Draw page"


def test_the_last_drawing_is_prepared_as_on_draw(
    at: AppTest, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    from drawing_by_hand import ONE, Canvas

    from nnlab.drawing import prepare
    from nnlab.ui.draw.sheet import pixels

    canvas = Canvas()
    canvas.draw(ONE)
    drawn = canvas._pixels()
    at.session_state["nnlab_sheet-drawing"] = Sheet(strokes=canvas.strokes, image=drawn)
    open_section(at, "Activations")
    at.button_group(key=look(at).key("source")).set_value("drawing").run()
    np.testing.assert_array_equal(network.asked[-1][2], prepare(pixels(drawn), 8))


def test_a_feature_map_opens_with_its_filter(open_page: OpenPage, network: Network) -> None:
    run_id = add_run("filters", moments={0: weights("filters", 0)})
    at = open_page(PAGE, VISITOR)
    open_section(at, "Activations")
    assert flow(at).count("<img") == 1 + 2 * 3
    at.number_input(key=look(at).fresh_key("opened-unit")).set_value(2).run()
    outputs = network.layer_outputs(run_id, None, x_test()[0], VISITOR)
    weight, large = charts(at)
    np.testing.assert_allclose(large["data"][0]["z"], outputs[0][..., 2], rtol=1e-4)
    kernel = weights("filters", 99)["model.0"]
    np.testing.assert_allclose(weight["data"][0]["z"], kernel[..., 0, 2], rtol=1e-4)


def test_while_workers_begin_the_page_says_so(open_page: OpenPage, run_id: str) -> None:
    at = open_page(PAGE, VISITOR)  # without a network: an engine whose workers never start
    for section in ("Activations", "One neuron"):
        open_section(at, section)
        assert "comes by itself" in at.info[0].value
    open_section(at, "Weights")
    assert units(at)  # needs no worker


# --- one neuron -------------------------------------------------------------------------------


def table(at: AppTest) -> list[list[str]]:
    (markup,) = [data["markup"] for data in components(at, "nnlab_picture")]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", markup)
    return [re.findall(r"<td>(.*?)</td>", row) for row in rows][1:]


def test_the_sum_on_the_page_adds_up(at: AppTest, network: Network, run_id: str) -> None:
    open_section(at, "One neuron")
    kept, image = weights("perceptron", 99), x_test()[0].ravel()
    for layer, unit in ((1, 0), (1, 13), (3, 7)):
        look(at).layer, look(at).neuron = layer, unit
        at.run()
        rows = table(at)
        digits = len(rows[0][3].split(".")[1])
        shown = [round(number(row[3]) * 10**digits) for row in rows[:-1]]
        *terms, weighted, bias, total = shown
        assert sum(terms) == weighted
        assert weighted + bias == total
        names = ("model.0", "model.1") if layer == 1 else ("model.3", "model.4")
        inputs = image if layer == 1 else np.maximum(image @ kept["model.0"] + kept["model.1"], 0)
        expected = inputs @ kept[names[0]][:, unit] + kept[names[1]][unit]
        assert total / 10**digits == pytest.approx(expected, abs=1e-4)


def test_the_terms_are_named_by_their_pixel(at: AppTest) -> None:
    open_section(at, "One neuron")
    image, kernel = x_test()[0], weights("perceptron", 99)["model.0"]
    products = image * kernel[:, 0].reshape(8, 8)
    row, column = np.unravel_index(np.abs(products).argmax(), products.shape)
    name, value, weight, product = table(at)[0]
    assert name == f"row {row}, column {column}"
    assert number(value) == pytest.approx(image[row, column], rel=1e-3)
    assert number(weight) == pytest.approx(kernel[8 * row + column, 0], rel=1e-3)
    assert number(product) == pytest.approx(products[row, column], rel=1e-3)
    first, second, third = (np.array(trace["z"], float) for trace in charts(at)[0]["data"])
    np.testing.assert_allclose(first * second, third, atol=1e-4)


def test_a_filter_stands_where_it_is_told_or_where_it_is_strongest(
    open_page: OpenPage, network: Network
) -> None:
    add_run("filters", moments={0: weights("filters", 0)})
    at = open_page(PAGE, VISITOR)
    open_section(at, "One neuron")
    row, column = (
        field for field in at.number_input if "Row" in field.label or "Col" in field.label
    )
    assert (row.value, column.value) == (2, 3)
    row.set_value(5).run()
    assert look(at).place == (5, 3)
    patch = x_test()[0][5:8, 3:6]
    np.testing.assert_allclose(charts(at)[0]["data"][0]["z"], patch, rtol=1e-4)
    at.button(key=look(at).key("strongest")).click().run()
    assert look(at).place is None


def test_numbers_beyond_all_bounds_are_told(open_page: OpenPage, network: Network) -> None:
    broken = weights("perceptron", 0)
    broken["model.0"][3] = np.nan
    run_id = add_run(moments={0: weights("perceptron", 0), 45: broken})
    at = open_page(PAGE, VISITOR)
    move_to(at, run_id, 45)
    open_section(at, "Activations")
    open_section(at, "One neuron")
    assert "beyond all bounds" in words(at)


def test_from_a_unit_to_its_arithmetic_and_back_from_another_page(
    at: AppTest, network: Network
) -> None:
    look(at).unit = 5
    at.run()
    at.button(key=look(at).key("to-neuron")).click().run()
    assert at.session_state["nnlab_inside"].section == "One neuron"
    assert (look(at).layer, look(at).neuron) == (1, 5)
    assert "**unit 5** of Dense 24 · ReLU" in words(at)

    at.switch_page("pages/1_Data.py").run()
    at.switch_page(PAGE).run()
    assert "**unit 5** of Dense 24 · ReLU" in words(at)
