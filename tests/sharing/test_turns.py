"""Runs that share a worker: everybody's turn comes, and nobody's counts for more."""

import threading
from collections import Counter

import pytest

from nnlab.work.turns import (
    CYCLE_SECONDS,
    LEAST_SECONDS,
    MOST_SECONDS,
    PATIENCE_SECONDS,
    Turns,
    turn_seconds,
)

WAIT_SECONDS = 10


class Clock:
    """Time that passes only when somebody trains."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def train_in_turns(owners: list[str], turns: int, seconds: float = MOST_SECONDS) -> list[int]:
    """So many turns, shared by a run of each of `owners`; who had how many."""
    clock, had = Clock(), Counter[int]()
    shared = Turns(clock)
    everybody, enough = threading.Barrier(len(owners)), threading.Event()

    def run(number: int) -> None:
        with shared.seat(owners[number]) as seat:
            everybody.wait(WAIT_SECONDS)
            while not enough.is_set():
                with seat.turn():
                    # All others wait again, as they do in a worker, where turns are long.
                    while len(shared._waiting) < len(owners) - 1 and not enough.is_set():
                        threading.Event().wait(0.001)
                    while not enough.is_set():
                        had[number] += 1
                        clock.now += seconds
                        if had.total() >= turns:
                            enough.set()
                        if seat.turn_is_over():
                            break

    threads = [threading.Thread(target=run, args=(n,), daemon=True) for n in range(len(owners))]
    for thread in threads:
        thread.start()
    assert enough.wait(WAIT_SECONDS), "somebody never let go"
    return [had[n] for n in range(len(owners))]


def test_all_runs_get_the_same():
    had = train_in_turns(["ann", "bob", "cem", "dan"], turns=40)
    assert max(had) - min(had) <= 1


def test_many_runs_of_one_visitor_together_get_what_one_of_another_gets():
    *many, single = train_in_turns(["greedy"] * 5 + ["modest"], turns=60)
    assert single == pytest.approx(30, abs=1)
    assert max(many) - min(many) <= 1


def test_the_first_turn_of_a_run_comes_before_all_second_turns():
    had = train_in_turns([f"visitor {n}" for n in range(12)], turns=12)
    assert had == [1] * 12


def test_a_late_comer_gets_its_share_and_not_the_time_it_missed():
    clock = Clock()
    shared = Turns(clock)
    with shared.seat("early") as early:
        with early.turn():
            clock.now += 1000
        with shared.seat("late") as late:
            with late.turn():
                clock.now += 1
            assert shared._rank(early) < shared._rank(late)


def test_who_was_charged_for_a_long_turn_does_not_wait_until_all_have_caught_up():
    clock = Clock()
    shared = Turns(clock)
    with shared.seat("compiled") as first, shared.seat("quick") as second:
        with first.turn():
            clock.now += 100
        for _ in range(2):
            assert shared._rank(second) < shared._rank(first)
            with second.turn():
                clock.now += 0.6 * PATIENCE_SECONDS
        assert shared._rank(first) < shared._rank(second)


def test_a_run_that_is_asked_to_stop_comes_next():
    shared = Turns(Clock())
    with shared.seat("ann") as ann, shared.seat("bob") as bob:
        for seat in (ann, bob):
            with seat.turn():
                pass
        assert shared._rank(ann) < shared._rank(bob)
        bob.hurry()
        assert shared._rank(bob) < shared._rank(ann)


def test_alone_a_turn_never_ends_and_with_others_it_does():
    clock = Clock()
    shared = Turns(clock)
    with shared.seat("ann") as ann, shared.seat("bob") as bob, ann.turn():
        clock.now += 1000
        assert not ann.turn_is_over()
        waiting = threading.Thread(target=shared.wait_for, args=(bob,), daemon=True)
        waiting.start()
        while not shared._waiting:
            threading.Event().wait(0.001)
        assert ann.turn_is_over()


def test_an_error_in_a_turn_lets_the_next_one_go():
    shared = Turns()
    with shared.seat("ann") as ann, shared.seat("bob") as bob:
        with pytest.raises(ZeroDivisionError), ann.turn():
            raise ZeroDivisionError
        with bob.turn():
            pass
    assert len(shared) == 0


def test_turns_are_shorter_the_more_share_but_never_too_short_to_be_worth_it():
    assert turn_seconds(2) == MOST_SECONDS
    assert turn_seconds(12) == pytest.approx(CYCLE_SECONDS / 12)
    assert turn_seconds(100) == LEAST_SECONDS
