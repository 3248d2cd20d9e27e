"""PyTorch without compilation, with batches by index: its fastest ordinary loop."""

from collections.abc import Callable

import torch
from torch import nn

from benchmarks.images import training_images
from benchmarks.networks import batch_size

LAYERS = {
    "784-128-10": lambda: [nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Dropout(0.2)],
    "784-512-512-10": lambda: [
        nn.Flatten(),
        nn.Linear(784, 512),
        nn.ReLU(),
        nn.Linear(512, 512),
        nn.ReLU(),
    ],
    "cnn": lambda: [
        nn.Conv2d(1, 32, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Dropout(0.5),
    ],
}
LAST = {"784-128-10": 128, "784-512-512-10": 512, "cnn": 1600}


def prepare(network: str) -> Callable[[], None]:
    images, labels = training_images()
    x = torch.tensor(images).float().div(255).unsqueeze(1)
    y = torch.tensor(labels)
    model = nn.Sequential(*LAYERS[network](), nn.Linear(LAST[network], 10))
    optimizer, loss_of = torch.optim.Adam(model.parameters()), nn.CrossEntropyLoss()

    def epoch() -> None:
        total, correct = torch.zeros(()), torch.zeros((), dtype=torch.long)
        for rows in torch.randperm(len(x)).split(batch_size(network)):
            outputs = model(x[rows])
            loss = loss_of(outputs, y[rows])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            total += loss.detach() * len(rows)  # the figures that Keras shows as well
            correct += (outputs.argmax(1) == y[rows]).sum()

    return epoch


def prepare_one_thread(network: str) -> Callable[[], None]:
    torch.set_num_threads(1)
    return prepare(network)
