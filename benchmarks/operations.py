"""Where a training step's time goes, by operation: `python -m benchmarks.operations cnn`.

The compiled steps of `nnlab/training` under TensorFlow's profiler, with the threads of the worker
that would train the network.
"""

import argparse
import glob
import tempfile
from collections import Counter

from benchmarks.contenders.ours import all_images, warm_up_for
from benchmarks.networks import NETWORKS

STEPS = 60


def microseconds_a_step(network: str) -> Counter[str]:
    """By the name of the operation, forwards and backwards apart where TensorFlow names them so."""
    warm_up_for(network)
    import tensorflow as tf

    from nnlab.training.compiled import CompiledNetwork
    from nnlab.training.device import DeviceImages

    experiment, splits = NETWORKS[network], all_images()
    data = DeviceImages.part(splits, "train")
    compiled = CompiledNetwork(experiment, splits)
    order = tf.random.shuffle(tf.range(len(data)), seed=1)
    size = experiment.training.batch_size
    compiled.steps(data, order, 0, size, STEPS)
    with tempfile.TemporaryDirectory() as folder:
        tf.profiler.experimental.start(folder)
        compiled.steps(data, order, 0, size, STEPS)
        tf.profiler.experimental.stop()
        return _by_operation(folder)


def _by_operation(folder: str) -> Counter[str]:
    from tensorflow.tsl.profiler.protobuf.xplane_pb2 import XSpace

    (path,) = glob.glob(f"{folder}/**/*.xplane.pb", recursive=True)
    space = XSpace()
    with open(path, "rb") as file:
        space.ParseFromString(file.read())
    found: Counter[str] = Counter()
    for plane in space.planes:
        names = {key: value.name for key, value in plane.event_metadata.items()}
        for line in plane.lines:
            for event in line.events:
                name, colon, operation = names[event.metadata_id].rpartition(":")
                if colon and name:  # an operation of the graph: its name and its kind
                    found[operation] += event.duration_ps / 1e6 / STEPS
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=list(NETWORKS))
    found = microseconds_a_step(parser.parse_args().network)
    print(f"{'operation':44} microseconds a step")
    for name, taken in found.most_common(18):
        print(f"{name:44} {taken:10.1f}")
    print(f"{'all operations':44} {sum(found.values()):10.1f}")


if __name__ == "__main__":
    main()
