"""The Train page: every edit reaches the experiment, and what cannot be trained is refused."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from nnlab import settings
from nnlab.experiment import Adam, Augmentation, EarlyStopping, Experiment, StepDecay, with_settings
from nnlab.runs.records import EpochRecord, Point
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore

PAGE = "pages/2_Train.py"
VISITOR = "0" * 32


@pytest.fixture
def train_page(open_page: Callable[..., AppTest], nnlab_home) -> AppTest:
    at = open_page(PAGE)
    choose_dataset(at, "digits")
    return at


def choose_dataset(at: AppTest, name: str) -> None:
    at.selectbox(key="exp-0-dataset.name").set_value(name).run()


def experiment(at: AppTest) -> Experiment:
    return at.session_state["nnlab_state"].experiment


def layer_types(at: AppTest) -> list[str]:
    return [layer.type for layer in experiment(at).layers]


def layer_id(at: AppTest, position: int) -> int:
    return at.session_state["nnlab_state"].layer_ids[position]


def click(at: AppTest, key: str) -> None:
    at.button(key=key).click().run()
    assert not at.exception


def train_button(at: AppTest):
    return next(button for button in at.button if button.label == "Train")


def test_layers_are_added_where_they_fit(train_page: AppTest):
    click(train_page, "add-Dense")
    click(train_page, "add-Conv2D")
    assert layer_types(train_page) == ["Conv2D", "Flatten", "Dense", "Dropout", "Dense"]
    assert not train_button(train_page).disabled


def test_layers_are_moved_copied_and_removed(train_page: AppTest):
    dense = layer_id(train_page, 1)
    click(train_page, f"layer-{dense}-down")
    assert layer_types(train_page) == ["Flatten", "Dropout", "Dense"]
    assert layer_id(train_page, 2) == dense
    click(train_page, f"layer-{dense}-copy")
    assert layer_types(train_page) == ["Flatten", "Dropout", "Dense", "Dense"]
    click(train_page, f"layer-{dense}-up")
    assert layer_types(train_page) == ["Flatten", "Dense", "Dropout", "Dense"]
    click(train_page, f"layer-{dense}-remove")
    assert layer_types(train_page) == ["Flatten", "Dropout", "Dense"]


def test_a_layers_fields_follow_it_when_it_moves(train_page: AppTest):
    dense = layer_id(train_page, 1)
    train_page.number_input(key=f"exp-0-layer-{dense}-units").set_value(64).run()
    click(train_page, f"layer-{dense}-down")
    train_page.number_input(key=f"exp-0-layer-{dense}-units").set_value(32).run()
    assert experiment(train_page).layers[2].units == 32


def test_an_impossible_stack_is_refused_at_its_layer(train_page: AppTest):
    flatten = layer_id(train_page, 0)
    click(train_page, f"layer-{flatten}-remove")
    assert train_button(train_page).disabled
    messages = [error.value for error in train_page.error]
    assert any("Flatten" in message for message in messages)
    click(train_page, "add-Flatten")
    flatten = layer_id(train_page, 2)
    for _ in range(2):
        click(train_page, f"layer-{flatten}-up")
    assert not train_button(train_page).disabled


def test_every_setting_reaches_the_experiment(train_page: AppTest):
    at = train_page
    at.number_input(key="exp-0-training.epochs").set_value(7).run()
    at.number_input(key="exp-0-training.batch_size").set_value(64).run()
    at.number_input(key="exp-0-training.seed").set_value(3).run()
    at.selectbox(key="exp-0-training.optimizer-type").set_value("SGD").run()
    at.number_input(key="exp-0-SGD.momentum").set_value(0.9).run()
    at.toggle(key="exp-0-training.optimizer.nesterov").set_value(True).run()
    at.selectbox(key="exp-0-training.schedule-type").set_value("StepDecay").run()
    at.number_input(key="exp-0-StepDecay.every_epochs").set_value(3).run()
    at.number_input(key="exp-0-training.l2").set_value(0.01).run()
    at.toggle(key="exp-0-training.early_stopping-switch").set_value(True).run()
    at.number_input(key="exp-0-training.early_stopping.patience").set_value(5).run()
    assert not at.exception
    training = experiment(at).training
    assert (training.epochs, training.batch_size, training.seed) == (7, 64, 3)
    assert training.optimizer.model_dump() == {
        "type": "SGD", "learning_rate": 0.01, "momentum": 0.9, "nesterov": True,
    }  # fmt: skip
    assert training.schedule == StepDecay(every_epochs=3)
    assert training.l2 == 0.01
    assert training.early_stopping == EarlyStopping(patience=5)


def test_augmentation_multiplies_the_training_images(train_page: AppTest):
    at = train_page
    at.toggle(key="exp-0-dataset.augmentation-switch").set_value(True).run()
    assert experiment(at).dataset.augmentation == Augmentation()
    assert "2,586 images to train on (1,293 and a changed copy of each)" in captions(at)
    at.number_input(key="exp-0-dataset.augmentation.copies").set_value(2).run()
    at.number_input(key="exp-0-dataset.augmentation.rotation").set_value(0.05).run()
    at.number_input(key="exp-0-dataset.augmentation.writing_variants").set_value(0.5).run()
    assert not at.exception
    expected = Augmentation(copies=2, rotation=0.05, writing_variants=0.5)
    assert experiment(at).dataset.augmentation == expected
    assert "3,879 images to train on (1,293 and 2 changed copies of each)" in captions(at)
    assert "passes over 3,879 images" in captions(at)
    at.toggle(key="exp-0-dataset.augmentation-switch").set_value(False).run()
    assert experiment(at).dataset.augmentation is None
    assert "1,293 images to train on, " in captions(at)


def test_variants_of_digits_have_to_go_where_there_are_no_digits(train_page: AppTest):
    at = train_page
    at.toggle(key="exp-0-dataset.augmentation-switch").set_value(True).run()
    choose_dataset(at, "fashion_mnist")
    assert "writing_variants" in at.error[0].value
    at.number_input(key="exp-0-dataset.augmentation.writing_variants").set_value(0.0).run()
    assert not at.exception
    assert not at.error
    keys = [field.key for field in at.number_input]
    assert "exp-0-dataset.augmentation.writing_variants" not in keys
    assert "exp-0-dataset.augmentation.contrast" in keys


def captions(at: AppTest) -> str:
    return "\n".join(caption.value for caption in at.caption)


def test_a_full_batch_and_epochs_of_steps_are_told_in_words(train_page: AppTest):
    at = train_page  # digits: 1,293 images, 41 batches
    assert "205 steps, 5 passes over 1,293 images" in captions(at)
    at.toggle(key="exp-0-training.steps_per_epoch-switch").set_value(True).run()
    at.number_input(key="exp-0-training.steps_per_epoch").set_value(15).run()
    assert experiment(at).training.steps_per_epoch == 15
    assert "75 steps, 1.8 passes over 1,293 images" in captions(at)
    at.toggle(key="exp-0-training.batch_size-switch").set_value(True).run()
    assert experiment(at).training.batch_size == "full"
    assert "75 steps, 75 passes over 1,293 images" in captions(at)
    assert next(t for t in at.text_input if t.disabled).value == "all 1,293 images"
    at.toggle(key="exp-0-training.steps_per_epoch-switch").set_value(False).run()
    assert "5 steps, 5 passes" in captions(at)
    at.toggle(key="exp-0-training.batch_size-switch").set_value(False).run()
    assert not at.exception
    assert experiment(at).training == Experiment().training


def test_the_spread_of_start_weights_shows_where_it_counts(train_page: AppTest):
    at = train_page
    dense = f"exp-0-layer-{layer_id(at, 1)}"
    for initializer, stddev in (
        (f"{dense}-kernel_initializer", f"{dense}-kernel_stddev"),
        ("exp-0-output.kernel_initializer", "exp-0-layer-output-kernel_stddev"),
    ):
        assert stddev not in {widget.key for widget in at.number_input}
        at.selectbox(key=initializer).set_value("random_normal").run()
        at.number_input(key=stddev).set_value(0.03).run()
    assert not at.exception
    assert experiment(at).layers[1].kernel_stddev == 0.03
    assert experiment(at).output.kernel_stddev == 0.03


@pytest.mark.parametrize("optimizer", ["SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "Nadam"])
def test_every_optimizer_shows_its_own_fields(train_page: AppTest, optimizer: str):
    train_page.selectbox(key="exp-0-training.optimizer-type").set_value(optimizer).run()
    assert not train_page.exception
    chosen = experiment(train_page).training.optimizer
    assert chosen.type == optimizer
    fields = set(chosen.model_dump()) - {"type", "nesterov", "learning_rate"}
    labels = {widget.key for widget in train_page.number_input}
    assert {f"exp-0-{optimizer}.{field}" for field in fields} <= labels


@pytest.mark.parametrize("kind", ["Conv2D", "MaxPooling2D", "BatchNormalization", "Activation"])
def test_every_layer_can_be_added(train_page: AppTest, kind: str):
    click(train_page, f"add-{kind}")
    assert kind in layer_types(train_page)


def test_what_was_shaped_is_there_after_a_reload(
    train_page: AppTest, open_page: Callable[..., AppTest]
):
    click(train_page, "add-BatchNormalization")
    train_page.number_input(key="exp-0-training.epochs").set_value(9).run()
    again = open_page(PAGE)
    assert layer_types(again) == ["Flatten", "Dense", "Dropout", "BatchNormalization"]
    assert experiment(again).training.epochs == 9
    stranger = open_page(PAGE, visitor="1" * 32)
    # A newcomer starts from images that are here; MNIST is not, in a test.
    assert experiment(stranger) == with_settings(Experiment(), {"dataset.name": "mnist_5k"})


def test_train_queues_a_run_and_the_page_watches_it(train_page: AppTest):
    train_button(train_page).click().run()
    assert not train_page.exception
    runs = RunStore(settings.database_url()).runs_of(VISITOR)
    assert [run.experiment for run in runs] == [experiment(train_page)]
    assert train_page.session_state["nnlab_state"].run_id == runs[0].id
    assert "loading TensorFlow" in " ".join(p.text for p in train_page.get("progress"))


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("NNLAB_MAX_EPOCHS", "2", "training.epochs"),
        ("NNLAB_MAX_PARAMETERS", "10", "layers"),
        ("NNLAB_MAX_STORED_RUNS", "1", "stored runs"),
    ],
)
def test_a_limit_of_the_server_is_told_with_its_name(
    train_page: AppTest, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, said: str
):
    train_button(train_page).click().run()
    store = RunStore(settings.database_url())
    before = len(store.runs_of(VISITOR))
    monkeypatch.setenv(variable, value)
    train_button(train_page).click().run()
    assert not train_page.exception
    assert said in train_page.toast[0].value.replace("\\", "")
    assert len(store.runs_of(VISITOR)) == before


def store_run(state: RunState, **fields: object) -> str:
    """A run of the visitor's with two points and an epoch."""
    store = RunStore(settings.database_url())
    run_id = store.create(Experiment(name="Earlier"), VISITOR, "engine")
    store.move(run_id, RunState.RUNNING, steps_per_epoch=10)
    for step in (5, 10):
        store.add_points(run_id, [Point(step, step / 10, 1 / step, step / 20, 100.0)])
    store.add_epoch(run_id, EpochRecord(1, 0.3, 0.9, 0.4, 0.85, 1.5))
    store.move(run_id, state, **fields)
    return run_id


@pytest.mark.parametrize(
    ("state", "buttons"),
    [
        (RunState.PAUSED, {"Resume", "Stop"}),
        (RunState.INTERRUPTED, {"Resume", "Stop"}),
        (RunState.FAILED, {"Resume"}),
        (RunState.DIVERGED, set()),
    ],
)
def test_an_earlier_run_offers_what_can_be_done(
    state: RunState, buttons: set[str], open_page: Callable[..., AppTest]
):
    store_run(state, message="What happened.")
    at = open_page(PAGE)
    shown = {button.label for button in at.button} & {"Pause", "Resume", "Stop"}
    assert shown == buttons
    assert "What happened." in [*(e.value for e in at.error), *(w.value for w in at.warning),
                                *(i.value for i in at.info)]  # fmt: skip


def test_resume_and_stop_do_what_they_say(open_page: Callable[..., AppTest]):
    run_id = store_run(RunState.PAUSED)
    at = open_page(PAGE)
    click(at, "run-Resume")
    assert RunStore(settings.database_url()).get(run_id).state == RunState.QUEUED


def test_the_figures_stand_in_a_table_too(open_page: Callable[..., AppTest]):
    store_run(RunState.FINISHED, test_accuracy=0.9, test_loss=0.35)
    at = open_page(PAGE)
    frame = at.dataframe[0].value
    assert frame["Validation accuracy"].tolist() == [0.85]
    assert any("90.00 %" in m.value for m in at.markdown)


def test_the_script_is_the_experiment_as_it_stands(train_page: AppTest):
    train_page.number_input(key="exp-0-training.epochs").set_value(13).run()
    assert "EPOCHS = 13\n" in train_page.code[0].value


def test_recipes_of_another_image_size_show_their_problem(train_page: AppTest):
    for _ in range(3):
        click(train_page, "add-MaxPooling2D")
    assert not train_button(train_page).disabled
    click(train_page, "add-MaxPooling2D")
    assert train_button(train_page).disabled
    choose_dataset(train_page, "mnist_5k")
    assert not train_button(train_page).disabled
    assert isinstance(experiment(train_page).training.optimizer, Adam)
