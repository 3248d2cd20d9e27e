"""The app is killed in mid-run; the visitor comes back to a new one."""

import psutil
import pytest
from playwright.sync_api import BrowserContext, expect
from starting import start_server
from visiting import (
    expect_state,
    press,
    set_number,
    train,
    wait_for_curves,
    wait_for_workers,
    watch_curves,
)

pytestmark = [pytest.mark.browser, pytest.mark.fault]


def test_a_killed_app_loses_nothing(context: BrowserContext, tmp_path):
    home, log = tmp_path / "home", tmp_path / "server.log"
    first = start_server(home, log, NNLAB_WORKERS="1")
    try:
        page = context.new_page()
        page.goto(f"{first.url}/Train")
        wait_for_workers(page)
        page.get_by_role("combobox", name="Data set").click()
        page.get_by_role("option", name="Digits, 8×8").click()
        expect(page.get_by_text("360 to test")).to_be_visible()
        page.get_by_role("tab", name="Training").click()
        set_number(page, "Epochs", 200)
        set_number(page, "Batch size", 4)
        train(page)
        expect_state(page, "running")
        watch_curves(page)
        wait_for_curves(page, 3)
        family = psutil.Process(first.process.pid).children(recursive=True)
    finally:
        first.process.kill()
        first.process.wait()
    _, alive = psutil.wait_procs(family, timeout=15)
    assert alive == []

    second = start_server(home, log, NNLAB_WORKERS="1")
    try:
        page.goto(f"{second.url}/Train")
        expect_state(page, "interrupted")
        press(page, "Resume")
        expect_state(page, "running")
        press(page, "Stop")
        expect_state(page, "stopped")
    finally:
        second.process.terminate()
        second.process.wait(timeout=30)
