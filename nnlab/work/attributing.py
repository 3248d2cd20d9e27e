"""What a worker says of the reasons for an answer."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnlab.work.moments import network_at
from nnlab.work.warm import ensure_warm


@dataclass(frozen=True)
class Attribution:
    """Which pixels of an image speak for a class, and which against it.

    Attributes:
        target: the class.
        gradients: float32 (H, W), integrated gradients: each pixel's share in the class's logit,
            compared with a black image. Their sum is `logit - black_logit`.
        logit, black_logit: of the class, for the image and for a black one.
        steps: points on the way between them.
        occlusion: float32 (H, W), probability that the class loses when a patch around the pixel
            is blanked; negative where it gains.
        probability: of the class, for the whole image.
        patch: side of that patch in pixels.
    """

    target: int
    gradients: NDArray[np.float32]
    logit: float
    black_logit: float
    steps: int
    occlusion: NDArray[np.float32]
    probability: float
    patch: int


def attribute(
    run_id: str, image: NDArray[np.float32], target: int, step: int | None = None
) -> Attribution:
    """What speaks for and against class `target` in an image (H, W) in [0, 1].

    Args:
        run_id: the run.
        image: float32 (H, W).
        target: class number.
        step: of a recorded moment; None for the network as the run left it.

    Raises:
        RunNotFound: no such run, or it has no such network.
        ValueError: there is no such class.
    """
    ensure_warm()
    from nnlab.models.attribution import integrated_gradients, occlusion, patch_side

    with network_at(run_id, step) as network:
        features = network.features(np.stack([image, np.zeros_like(image)]))
        logits, probabilities = network.logits_of(features), network.probabilities_of(features)
        classes = probabilities.shape[1]
        if not 0 <= target < classes:
            raise ValueError(f"target must be a class, 0 to {classes - 1}, not {target}")
        gradients, steps = integrated_gradients(network, image, target)
        blanked = occlusion(network, image, target)
    return Attribution(
        target=target,
        gradients=gradients,
        logit=float(logits[0, target]),
        black_logit=float(logits[1, target]),
        steps=steps,
        occlusion=blanked,
        probability=float(probabilities[0, target]),
        patch=patch_side(min(image.shape)),
    )
