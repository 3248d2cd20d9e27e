"""`.keras` files from outside come in and answer as in Keras, or are refused.

Nothing that a file brings is run: the Lambda layers here would leave a mark if they were.
"""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np
import pytest
from listening import Listener, experiment

from nnlab import settings
from nnlab.datasets import Splits
from nnlab.datasets.uploaded import zipped
from nnlab.experiment import (
    Activation,
    BatchNormalization,
    Conv2D,
    Dataset,
    Dense,
    Dropout,
    Experiment,
    Flatten,
    MaxPooling2D,
    Output,
)
from nnlab.keras_file import NotANetwork, experiment_on, fitting_sets, read_keras_file
from nnlab.models.brought_in import bring_weights_in
from nnlab.models.build import build_model
from nnlab.models.saved import save_model
from nnlab.runs.files import RunFiles
from nnlab.runs.store import RunStore
from nnlab.training.fit import fit
from nnlab.work import bringing_in

OWNER = "a" * 32
DIGITS = Dataset(name="digits", test_size=0.5)


def saved(model: keras.Model, path: Path) -> bytes:
    model.save(path / "model.keras")
    return (path / "model.keras").read_bytes()


def sequential(*layers: Any, shape: tuple[int, ...] = (8, 8, 1)) -> keras.Sequential:
    keras.utils.set_random_seed(5)
    model = keras.Sequential([keras.Input(shape), *layers])
    for variable in model.trainable_variables:
        variable.assign(variable + 0.05)  # biases of zero would hide a mistake
    return model


def brought_in(content: bytes, dataset: Dataset = DIGITS) -> keras.Sequential:
    found = read_keras_file(content)
    wanted = experiment_on(dataset, found, "x")
    ours = build_model(wanted, (8, 8, 1), found.classes)
    bring_weights_in(found, ours)
    return ours


def changed(content: bytes, change: Callable[[dict[str, Any]], Any]) -> bytes:
    """The same file with another config.json."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    config = json.loads(parts["config.json"])
    change(config)
    return repacked({**parts, "config.json": json.dumps(config).encode()})


def with_setting(content: bytes, setting: dict[str, Any]) -> bytes:
    """The same with settings of its last layer changed."""
    return changed(content, lambda c: c["config"]["layers"][2]["config"].update(setting))


def repacked(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(NotANetwork) as caught:
        brought_in(content)
    text = str(caught.value)
    assert len(text) < 400
    assert not set(text) & set("<>`\\"), text
    return text


@pytest.fixture
def plain(tmp_path: Path) -> bytes:
    layers = keras.layers
    return saved(sequential(layers.Flatten(), layers.Dense(10, "softmax")), tmp_path)


def test_our_own_export_comes_in_with_identical_answers(
    digits: Splits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    layers = (Conv2D(filters=4), BatchNormalization(), MaxPooling2D(), Activation(), Dropout(),
              Flatten(), Dense(units=12, activation="tanh"))  # fmt: skip
    wanted = Experiment(layers=layers, **experiment(epochs=1, l2=0.001).model_dump(
        include={"dataset", "training"}))  # fmt: skip
    listener = Listener()
    fitted = fit(wanted, digits, listener)
    from nnlab.training.evaluate import evaluate

    before = evaluate(fitted.compiled, digits)
    save_model(fitted.model, tmp_path / "model.keras")
    monkeypatch.setattr(bringing_in, "ensure_warm", lambda: None)
    store = RunStore(settings.database_url())
    content = (tmp_path / "model.keras").read_bytes()
    run_id = bringing_in.bring_in(content, wanted.dataset, "Mine <b>again", OWNER)
    run = store.get(run_id, OWNER)
    assert run.experiment.layers == wanted.layers
    assert run.brought_in
    assert run.complete
    assert run.test_accuracy == before.accuracy
    result = RunFiles(run_id).read_result()
    assert result is not None
    np.testing.assert_array_equal(result.probabilities, before.probabilities)
    np.testing.assert_array_equal(result.y_test, digits.y_test)
    assert store.epochs(run_id) == []


def test_models_as_tutorials_write_them_answer_as_in_keras(tmp_path: Path):
    layers, images = keras.layers, np.random.default_rng(3).random((40, 8, 8), np.float32)
    models = [
        (sequential(layers.Flatten(), layers.Dense(7, "relu"), layers.Dense(10), shape=(8, 8)), 1),
        (sequential(layers.Dense(7, "elu"), layers.Dense(10), layers.Softmax(), shape=(64,)), 1),
        (sequential(layers.Rescaling(1 / 255), layers.Conv2D(3, 3, padding="same", strides=2),
                    layers.ReLU(), layers.Flatten(), layers.Dense(10),
                    layers.Activation("softmax")), 255),
        (sequential(layers.Reshape((8, 8, 1)), layers.Conv2D(3, 2), layers.MaxPooling2D(),
                    layers.BatchNormalization(), layers.Flatten(), layers.Dropout(0.3),
                    layers.Dense(10, "softmax"), shape=(64,)), 1),
    ]  # fmt: skip
    for model, factor in models:
        given = images.reshape(40, *model.input_shape[1:]) * factor
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(given, np.arange(40) % 10, verbose=0)
        ours = brought_in(saved(model, tmp_path))
        answers = ours(images[..., None], training=False), model(given, training=False)
        np.testing.assert_allclose(*(answer.numpy() for answer in answers), atol=2e-5)


def test_the_sets_that_fit_are_found(plain: bytes, tmp_path: Path):
    assert [dataset.name for dataset in fitting_sets(read_keras_file(plain))] == ["digits"]
    layers = keras.layers
    points = sequential(layers.Dense(4, "tanh"), layers.Dense(3), shape=(2,))
    found = read_keras_file(saved(points, tmp_path))
    assert [dataset.name for dataset in fitting_sets(found)] == ["blobs", "rings"]
    assert found.output == Output(activation="linear")
    odd = sequential(layers.Flatten(), layers.Dense(7), shape=(9, 9))
    with pytest.raises(NotANetwork, match="takes 9 × 9 numbers and has 7 classes"):
        fitting_sets(read_keras_file(saved(odd, tmp_path)))


def test_a_lambda_layer_is_refused_and_not_run(tmp_path: Path, plain: bytes):
    mark = str(tmp_path / "ran")
    code = lambda x, path=mark: (open(path, "w").close(), x)[1]  # noqa: E731
    layers = keras.layers
    model = keras.Sequential([keras.Input((8, 8, 1)), layers.Flatten(), layers.Dense(10)])
    content = saved(model, tmp_path)
    evil = keras.saving.serialize_keras_object(layers.Lambda(code))
    assert "Lambda layer" in refused(
        changed(content, lambda config: config["config"]["layers"].insert(1, evil))
    )
    hidden = keras.saving.serialize_keras_object(code)
    for key in ("activation", "kernel_initializer", "kernel_regularizer", "kernel_constraint"):
        assert "nothing was run" in refused(with_setting(plain, {key: hidden}))
    assert not Path(mark).exists()


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"registered_name": "Evil>Layer"}, "not Keras's own"),
        ({"module": "os", "class_name": "system"}, "(os|not Keras's own)"),
        ({"module": None, "class_name": "Custom"}, "not Keras's own"),
        ({"module": "keras.src.layers.core.lambda_layer"}, "not Keras's own"),
        ({"class_name": "LSTM"}, "LSTM layer, which has no counterpart"),
        ({"class_name": "<img src=x>"}, "‹img src=x› layer, which has no counterpart"),
        ({"class_name": ["Dense"]}, "no counterpart"),
        ({"config": None}, "no layer"),
    ],
)
def test_layers_that_are_not_known_are_named(entry: dict[str, Any], said: str, plain: bytes):
    content = changed(plain, lambda config: config["config"]["layers"][2].update(entry))
    with pytest.raises(NotANetwork, match=said):
        read_keras_file(content)
    refused(content)


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"use_bias": False}, "Layer 2 (Dense) has use_bias = False"),
        ({"dtype": "float16"}, "dtype = float16"),
        ({"units": 10**9}, "units"),
        ({"units": "<b>"}, "‹b›"),
        ({"activation": "exponential"}, "activation = exponential"),
        ({"lora_rank": 4}, "lora_rank"),
        ({"something_new": 7}, "something_new = 7"),
        (
            {"kernel_initializer": {"module": "builtins", "class_name": "eval", "config": {}}},
            "eval",
        ),
        ({"kernel_initializer": {"module": ["x"], "class_name": {}, "config": {}}}, "not among"),
    ],
)
def test_settings_without_a_counterpart_are_named(setting: dict[str, Any], said: str, plain: bytes):
    content = with_setting(plain, setting)
    assert said in refused(content)


@pytest.mark.parametrize(("axis", "taken"), [(-1, True), (3, True), (1, False), (2, False)])
def test_another_axis_of_the_same_length_is_not_taken_for_the_channels(
    axis: int, taken: bool, tmp_path: Path
):
    layers = keras.layers
    images = [
        layers.Conv2D(8, 3, padding="same"), layers.BatchNormalization(axis=axis),
        layers.Flatten(), layers.BatchNormalization(axis=1), layers.Dense(10),
    ]  # fmt: skip
    content = saved(sequential(*images, shape=(8, 8, 1)), tmp_path)
    if taken:
        assert len(read_keras_file(content).layers) == 4
    else:
        with pytest.raises(NotANetwork, match=r"Layer 2 \(BatchNormalization\) has ‘?axis"):
            read_keras_file(content)


def test_files_that_are_no_keras_files(plain: bytes, monkeypatch: pytest.MonkeyPatch):
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert "no .keras file" in refused(b"\x80\x05cos\nsystem\n.")
    assert "no .keras file" in refused(b"\x89HDF\r\n\x1a\n" + bytes(100))
    assert "outside of itself" in refused(repacked({**parts, "../evil.py": b"x"}))
    assert "also holds evil.py" in refused(repacked({**parts, "evil.py": b"x"}))
    assert "a part of it is missing" in refused(repacked({"config.json": b"{}"}))
    assert "is no JSON" in refused(repacked({**parts, "config.json": b"{"}))
    deep = b"[" * 200_000 + b"]" * 200_000
    assert "is no JSON" in refused(repacked({**parts, "config.json": deep}))
    assert "unpacks to 1.5 MB" in refused(repacked({**parts, "config.json": bytes(1_500_000)}))
    functional = changed(plain, lambda config: config.update(class_name="Functional"))
    assert "Only Keras's Sequential models" in refused(functional)
    many = changed(plain, lambda c: c["config"].update(layers=c["config"]["layers"][1:2] * 50))
    assert "1 to 39 layers" in refused(many)
    monkeypatch.setattr("nnlab.keras_file.reading.MOST_BYTES", 100)
    monkeypatch.setattr(zipped, "open_zip", None)  # not even opened
    assert "at most 0.0 MB" in refused(plain)


def weights_of(change: Callable[[h5py.File], Any], plain: bytes) -> bytes:
    """The file's weights with something in them changed."""
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        file = io.BytesIO(archive.read("model.weights.h5"))
        parts = {name: archive.read(name) for name in archive.namelist()}
    with h5py.File(file, "r+") as weights:
        change(weights)
    return repacked({**parts, "model.weights.h5": file.getvalue()})


def test_weights_of_other_layers_damaged_ones_and_nan_are_refused(plain: bytes, tmp_path: Path):
    def fill(file: h5py.File) -> None:
        file["layers/dense/vars/0"][0, 0] = np.nan

    def link(file: h5py.File) -> None:
        file["layers/more"] = h5py.ExternalLink("/etc/passwd", "x")

    assert "not finite" in refused(weights_of(fill, plain))
    layers = keras.layers
    other = saved(sequential(layers.Flatten(), layers.Dense(9)), tmp_path)
    with zipfile.ZipFile(io.BytesIO(plain)) as ours, zipfile.ZipFile(io.BytesIO(other)) as theirs:
        parts = {name: ours.read(name) for name in ours.namelist()}
        parts["model.weights.h5"] = theirs.read("model.weights.h5")
    assert "do not belong" in refused(repacked(parts))
    parts["model.weights.h5"] = parts["model.weights.h5"][:3000]
    assert "damaged" in refused(repacked(parts))
    assert "hold a link" in refused(weights_of(link, plain))
    assert "do not belong" in refused(weights_of(lambda file: file.pop("layers"), plain))


def test_what_is_refused_leaves_no_run(plain: bytes, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bringing_in, "ensure_warm", lambda: None)
    content = plain[:-200]
    with pytest.raises(NotANetwork):
        bringing_in.bring_in(content, DIGITS, "x", OWNER)
    assert RunStore(settings.database_url()).runs_of(OWNER) == []
    assert not settings.runs_dir().exists()
