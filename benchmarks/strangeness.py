"""How well what is no digit is told from digits, by several measures.

`python -m benchmarks.strangeness PEN_DIGITS.json.gz [--count 600] [--json FILE]`

Trains the beginner's network, a small convolutional one and the one that comes with the app, each
in this process. To be accepted are real digits drawn with a pen (as in `benchmarks.drawing`); to be
refused are scribbles, simple drawings and capital letters, drawn with the same pen, and
Fashion-MNIST's test images. The limit of each measure is the 99th percentile of MNIST's test
images; no pen digit has a say in it.
"""

import argparse
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.drawing import Drawn, anywhere, draw
from benchmarks.non_digits import KINDS, LETTERS, SHAPES, named
from nnlab.analysis import neighbours
from nnlab.datasets import Splits, load_arrays, load_splits
from nnlab.drawing import prepare
from nnlab.experiment import (
    Conv2D,
    Dataset,
    Dense,
    Experiment,
    Flatten,
    MaxPooling2D,
    Training,
)
from nnlab.recipes import FIRST_RECIPE, HANDWRITING_READY, RECIPES
from nnlab.work.training_index import ACCEPTED, HELD_OUT, KNOWN

Values = NDArray[np.floating[Any]]
Sets = dict[str, NDArray[np.float32]]
Measure = Callable[[NDArray[np.float32], NDArray[np.float32]], Values]

CNN = Experiment(
    name="Small CNN",
    dataset=Dataset(name="mnist", validation="test"),
    layers=(
        Conv2D(filters=32), MaxPooling2D(), Conv2D(filters=64), MaxPooling2D(), Flatten(),
        Dense(units=128),
    ),
    training=Training(epochs=2, batch_size=128, seed=1),
)  # fmt: skip
NETWORKS = {
    FIRST_RECIPE: RECIPES[FIRST_RECIPE].experiment,
    "small CNN": CNN,
    HANDWRITING_READY: RECIPES[HANDWRITING_READY].experiment,
}
CHOSEN = "residual × ⁴√distance to the nearest (shown)"
OF_EACH_NAME = 60
_AT_ONCE = 100


def images(digits: Drawn, count: int, seed: int) -> Sets:
    """All that is judged, float32 (n, 28, 28): first the pen's digits, then each kind."""
    rng = random.Random(seed)
    sets: Sets = {"pen digits": digits.prepared}
    for kind, strokes in KINDS.items():
        drawings = [prepare(anywhere(strokes(rng), rng)) for _ in range(count)]
        sets[kind] = np.stack(drawings)
    sets["Fashion-MNIST"] = load_arrays("fashion_mnist").x_test[:count] / np.float32(255)
    return sets


class Judge:
    """A trained network with what each measure needs to know of the training images."""

    def __init__(self, experiment: Experiment, splits: Splits) -> None:
        from nnlab.models.trained import TrainedNetwork
        from nnlab.training.fit import fit
        from nnlab.training.warm_up import _Nobody

        self.network = TrainedNetwork(fit(experiment, splits, _Nobody()).model)
        positions = neighbours.balanced_choice(splits.y_train, KNOWN)
        self.pixels = (splits.x_train[positions] / np.float32(255)).reshape(len(positions), -1)
        self.labels = splits.y_train[positions]
        self.features = self.network.features(self.pixels.reshape(-1, 28, 28))
        self.known = neighbours.directions(self.features)
        unseen = splits.x_test[neighbours.some(len(splits.x_test), HELD_OUT)]
        self.held_out = unseen / np.float32(255)

    def measures(self) -> dict[str, Measure]:
        """Name to measure; each takes images (n, 784) and features (n, d), higher is stranger."""
        return {
            "1 - softmax probability": self._softmax,
            "energy": self._energy,
            "Mahalanobis distance": self._mahalanobis(),
            "distance to the nearest (features)": lambda _, f: self._distance(f, 1),
            "distance to the 10th nearest (features)": lambda _, f: self._distance(f, 10),
            "distance to the nearest (pixels)": self._pixel_distance,
            "residual of the class's PCA": self._principal_components(),
            "residual of the nearest, mixed": self._residual,
            CHOSEN: self._strangeness,
        }

    def judge(self, measure: Measure, judged: NDArray[np.float32]) -> Values:
        """Values (n,) of images (n, 28, 28)."""
        starts = range(0, len(judged), _AT_ONCE)
        parts = (judged[i : i + _AT_ONCE] for i in starts)
        return np.concatenate(
            [measure(p.reshape(len(p), -1), self.network.features(p)) for p in parts]
        )

    def _softmax(self, _: Values, features: NDArray[np.float32]) -> Values:
        """Hendrycks and Gimpel 2017; in logits, where nothing is rounded to 1."""
        logits = self.network.logits_of(features).numpy().astype(float)
        others = np.sort(logits - logits.max(axis=1, keepdims=True), axis=1)[:, :-1]
        return np.log(np.exp(others).sum(axis=1))

    def _energy(self, _: Values, features: NDArray[np.float32]) -> Values:
        """Liu et al. 2020: minus the log of the summed exponentials of the logits."""
        from scipy.special import logsumexp

        return -logsumexp(self.network.logits_of(features).numpy(), axis=1)

    def _mahalanobis(self) -> Measure:
        """Lee et al. 2018: to the nearest class's mean, with one covariance for all."""
        classes = np.unique(self.labels)
        means = np.stack([self.features[self.labels == label].mean(axis=0) for label in classes])
        inverse = np.linalg.pinv(np.cov((self.features - means[self.labels]).T))

        def distance(_: Values, features: Values) -> Values:
            apart = features[:, np.newaxis] - means
            return np.einsum("ncd,de,nce->nc", apart, inverse, apart).min(axis=1)

        return distance

    def _distance(self, features: NDArray[np.float32], place: int) -> Values:
        """Sun et al. 2022."""
        asked = neighbours.directions(features)
        return neighbours.nearest(self.known, asked, place)[1][:, -1]

    def _pixel_distance(self, pixels: NDArray[np.float32], _: Values) -> Values:
        known, asked = neighbours.directions(self.pixels), neighbours.directions(pixels)
        return neighbours.nearest(known, asked, 1)[1][:, 0]

    def _principal_components(self, components: int = 50) -> Measure:
        """What is left of an image after the principal components of the class it is taken for."""
        from sklearn.decomposition import PCA

        bases = [PCA(components, random_state=0).fit(self.pixels[self.labels == label])
                 for label in np.unique(self.labels)]  # fmt: skip

        def residual(pixels: NDArray[np.float32], features: NDArray[np.float32]) -> Values:
            likenesses = [basis.inverse_transform(basis.transform(pixels)) for basis in bases]
            answers = self.network.logits_of(features).numpy().argmax(axis=1)
            return np.linalg.norm(
                pixels - np.stack(likenesses)[answers, np.arange(len(pixels))], axis=1
            )

        return residual

    def _residual(self, pixels: NDArray[np.float32], features: NDArray[np.float32]) -> Values:
        """Vincent and Bengio 2001, with neighbours in the network's terms."""
        count = neighbours.mixed(pixels.shape[1])
        rows, _ = neighbours.nearest(self.known, neighbours.directions(features), count)
        return neighbours.residual(pixels, self.pixels[rows])

    def _strangeness(self, pixels: NDArray[np.float32], features: NDArray[np.float32]) -> Values:
        """The product's own."""
        distances = self._distance(features, 1).astype(np.float32)
        return neighbours.strangeness(self._residual(pixels, features), distances)


def figures(judge: Judge, sets: Sets, labels: NDArray[np.int64]) -> dict[str, Any]:
    """For each measure: AUROC of pen digits against each kind, and shares refused."""
    digits = "pen digits"
    answers = judge.network.probabilities(sets[digits]).argmax(axis=1)
    found = {}
    for name, measure in judge.measures().items():
        limit = np.quantile(judge.judge(measure, judge.held_out), ACCEPTED)
        values = {kind: judge.judge(measure, judged) for kind, judged in sets.items()}
        refused = values[digits] > limit
        found[name] = {
            "auroc": {k: _auroc(values[digits], v) for k, v in values.items() if k != digits},
            "refused": {kind: float((v > limit).mean()) for kind, v in values.items()},
            "of digits read right": float(refused[answers == labels].mean()),
            "of digits misread": float(refused[answers != labels].mean()),
        }
    return found


def by_name(judge: Judge, digits: Drawn, count: int, seed: int) -> dict[str, float]:
    """Share that the product refuses of each drawing, each letter and each of the pen's digits."""
    rng, measure = random.Random(seed), judge.measures()[CHOSEN]
    sets = {
        name: np.stack([prepare(anywhere(named(name, rng), rng)) for _ in range(count)])
        for name in (*SHAPES, *LETTERS)
    }
    sets |= {str(digit): digits.prepared[digits.labels == digit] for digit in range(10)}
    limit = np.quantile(judge.judge(measure, judge.held_out), ACCEPTED)
    return {n: float((judge.judge(measure, part) > limit).mean()) for n, part in sets.items()}


def _auroc(accepted: Values, refused: Values) -> float:
    from sklearn.metrics import roc_auc_score

    truth = np.repeat([0, 1], [len(accepted), len(refused)])
    return float(roc_auc_score(truth, np.concatenate([accepted, refused])))


def table(found: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Lines of Markdown."""
    for network, measures in found.items():
        kinds = list(next(iter(measures.values()))["auroc"])
        yield f"`{network}`: AUROC, then the share refused at the limit"
        yield ""
        yield f"| measure | {' | '.join(kinds)} | pen digits refused | {' | '.join(kinds)} |"
        yield "|---" * (2 * len(kinds) + 2) + "|"
        for name, values in measures.items():
            aurocs = " | ".join(f"{values['auroc'][kind]:.3f}" for kind in kinds)
            shares = " | ".join(f"{values['refused'][kind]:.2f}" for kind in kinds)
            pen = f"{values['refused']['pen digits']:.3f}"
            yield f"| {name} | {aurocs} | {pen} | {shares} |"
        right, wrong = (measures[CHOSEN][f"of digits {what}"] for what in ("read right", "misread"))
        yield ""
        yield f"{CHOSEN}: refuses {right:.3f} of pen digits read right, {wrong:.3f} of the misread"
        yield ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pen_digits", type=Path)
    parser.add_argument("--count", type=int, default=600, help="of each kind that is no digit")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    options = parser.parse_args()
    from nnlab.training.warm_up import warm_up

    warm_up()
    digits = draw(options.pen_digits, options.seed)
    sets = images(digits, options.count, options.seed)
    found, names = {}, {}
    for name, experiment in NETWORKS.items():
        judge = Judge(experiment, load_splits(experiment.dataset))
        found[name] = figures(judge, sets, digits.labels)
        names[name] = by_name(judge, digits, OF_EACH_NAME, options.seed)
    print("\n".join(table(found)))
    for network, shares in names.items():
        parts = ", ".join(f"{name} {share:.2f}" for name, share in shares.items())
        print(f"{network}, refused: {parts}")
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
