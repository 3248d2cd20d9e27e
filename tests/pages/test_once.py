"""One press, one act, though Streamlit calls back from two threads."""

import threading
from concurrent.futures import ThreadPoolExecutor

from nnlab.ui.once import once


def test_a_press_that_two_threads_report_counts_once():
    acts = []
    both_are_here = threading.Barrier(2)
    callback = once(lambda *names, **more: acts.append((names, more)))

    def press():
        both_are_here.wait(timeout=10)
        callback("start", epochs=5)

    with ThreadPoolExecutor(2) as threads:
        for thread in [threads.submit(press), threads.submit(press)]:
            thread.result()
    assert acts == [(("start",), {"epochs": 5})]


def test_the_next_drawing_counts_again():
    acts = []
    for number in range(3):
        once(acts.append)(number)
    assert acts == [0, 1, 2]
