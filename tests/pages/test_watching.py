"""How often pages look, by how many look at once."""

import tomllib
from pathlib import Path

import pytest
from streamlit import config

from nnlab.ui.watching import GONE_SECONDS, LOOKS_A_SECOND, READS_A_SECOND, Watchers, pace


def test_who_is_alone_looks_once_a_second_and_reads_five_times() -> None:
    assert (pace(1).look, pace(1).read) == (1.0, 0.2)


def test_a_class_of_thirty_looks_every_five_seconds() -> None:
    assert (pace(30).look, pace(30).read) == (5.0, 2.0)


@pytest.mark.parametrize("watchers", range(1, 31))
def test_all_together_ask_no_more_than_the_server_has_to_give(watchers: int) -> None:
    chosen = pace(watchers)
    assert watchers / chosen.look <= LOOKS_A_SECOND + 1e-9
    assert watchers / chosen.read <= READS_A_SECOND + 1e-9


def test_nobody_waits_longer_than_a_feed_reaches_back() -> None:
    assert pace(10_000).look == 5.0
    assert pace(10_000).read == 2.0


def test_who_looks_twice_counts_once_and_who_has_gone_not_at_all() -> None:
    now = [0.0]
    watchers = Watchers(lambda: now[0])
    for name in range(30):
        watchers.look(str(name))
    assert watchers.look("0") == pace(30)
    now[0] = GONE_SECONDS + 0.1
    assert watchers.look("0") == pace(1)


def test_streamlit_does_not_collect_garbage_after_every_rerun() -> None:
    text = (Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text()
    assert tomllib.loads(text)["runner"]["postScriptGC"] is False
    assert config.get_option("runner.postScriptGC") in (True, False)  # or it has another name now
