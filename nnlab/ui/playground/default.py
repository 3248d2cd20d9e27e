"""What a newcomer finds on the Playground."""

from nnlab.experiment import Adam, Dataset, Dense, Experiment, Points, Training

TEST_SHARE = 0.5


def default_experiment() -> Experiment:
    """The spiral, and a network that is deep enough for it without any help."""
    return Experiment(
        name="Playground",
        dataset=Dataset(
            name="spiral", test_size=TEST_SHARE, validation="test", points=Points(noise=0.1)
        ),
        layers=tuple(Dense(units=8, activation="tanh") for _ in range(3)),
        training=Training(epochs=200, batch_size=10, optimizer=Adam(learning_rate=0.01)),
    )
