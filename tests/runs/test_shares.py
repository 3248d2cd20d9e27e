"""Runs shown by a link: only finished own ones, only by the token, only until it is withdrawn."""

from datetime import timedelta

import pytest

from nnlab import settings
from nnlab.experiment import Experiment
from nnlab.runs import shares as module
from nnlab.runs.run import RunNotFound, utc_now
from nnlab.runs.shares import SharedRunNotFound, Shares
from nnlab.runs.states import RunState
from nnlab.runs.store import RunStore

ADA, BEN = "a" * 32, "b" * 32


@pytest.fixture
def shares(nnlab_home) -> Shares:
    return Shares(RunStore(settings.database_url()))


def run_of(shares: Shares, owner: str, *, finished: bool = True) -> str:
    run_id = shares.store.create(Experiment(), owner, "test")
    shares.store.move(run_id, RunState.RUNNING)
    if finished:
        shares.store.move(run_id, RunState.FINISHED, test_loss=0.1, test_accuracy=0.9)
    return run_id


def test_whoever_has_the_token_finds_the_run(shares: Shares):
    run_id = run_of(shares, ADA)
    token = shares.share(run_id, ADA)
    assert shares.run(token).id == run_id
    assert shares.token(run_id, ADA) == token
    assert shares.share(run_id, ADA) == token  # a second press is no second link
    assert len(token) == 22
    assert run_id not in token


def test_others_cannot_share_a_run_nor_see_its_token(shares: Shares):
    run_id = run_of(shares, ADA)
    shares.share(run_id, ADA)
    with pytest.raises(RunNotFound):
        shares.share(run_id, BEN)
    assert shares.token(run_id, BEN) is None
    shares.withdraw(run_id, BEN)
    assert shares.token(run_id, ADA) is not None


def test_a_run_under_way_is_not_shared(shares: Shares):
    with pytest.raises(RunNotFound):
        shares.share(run_of(shares, ADA, finished=False), ADA)


@pytest.mark.parametrize("token", ["", "x", "A" * 22, "A" * 5000, "' OR 1=1 --            "])
def test_an_unknown_token_is_not_found(shares: Shares, token: str):
    shares.share(run_of(shares, ADA), ADA)
    with pytest.raises(SharedRunNotFound, match="Not found"):
        shares.run(token)


def test_a_run_id_is_no_token(shares: Shares):
    run_id = run_of(shares, ADA)
    shares.share(run_id, ADA)
    with pytest.raises(SharedRunNotFound):
        shares.run(run_id)


def test_withdrawn_is_withdrawn(shares: Shares):
    run_id = run_of(shares, ADA)
    token = shares.share(run_id, ADA)
    shares.withdraw(run_id, ADA)
    with pytest.raises(SharedRunNotFound):
        shares.run(token)
    assert shares.token(run_id, ADA) is None
    assert shares.share(run_id, ADA) != token


def test_a_deleted_run_is_not_found(shares: Shares):
    run_id = run_of(shares, ADA)
    token = shares.share(run_id, ADA)
    shares.store.delete(run_id, ADA)
    with pytest.raises(SharedRunNotFound):
        shares.run(token)


def test_a_link_with_an_end_ends(shares: Shares, monkeypatch: pytest.MonkeyPatch):
    run_id = run_of(shares, ADA)
    token = shares.share(run_id, ADA, timedelta(days=1))
    assert shares.run(token).id == run_id
    now = utc_now() + timedelta(days=1)
    monkeypatch.setattr(module, "utc_now", lambda: now)
    with pytest.raises(SharedRunNotFound):
        shares.run(token)
    assert shares.token(run_id, ADA) is None
    again = shares.share(run_id, ADA)
    assert again != token
    assert shares.run(again).id == run_id


def test_it_works_beside_tables_of_before(nnlab_home):
    """An existing database gets the new tables when it is opened."""
    from nnlab.runs.tables import Base, ShareRow

    store = RunStore(settings.database_url())
    Base.metadata.drop_all(store.engine, tables=[ShareRow.__table__])
    run_id = run_of(Shares(store), ADA)
    store.engine.dispose()
    shares = Shares(RunStore(settings.database_url()))
    assert shares.run(shares.share(run_id, ADA)).id == run_id
