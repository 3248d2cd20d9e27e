"""The script of the charts in a real browser, without the app around it."""

from importlib.resources import files
from pathlib import Path

from playwright.sync_api import BrowserContext, expect

import nnlab
from nnlab.figures.many_runs import Result, Setting, scatter

SCRIPT = Path(nnlab.__file__).parent / "ui/scripts/live_chart.js"
PLOTLY = str(files("plotly") / "package_data/plotly.min.js")
DRAW = """
async ([script, figure]) => {
  const { draw } = await import(`data:text/javascript;base64,${btoa(script)}`);
  const data = { figure, whole: 'a', alt: '', saving: 'data:text/javascript,export const ' +
    'offerSaving = () => {}, fileName = () => ""', clickable: true, taller_than_wide: null };
  draw(Plotly, { data, parentElement: document.querySelector('#parent'),
                 setTriggerValue: (name, value) => { window.told = [name, value]; } });
}
"""


def test_a_chart_waits_until_there_is_room(context: BrowserContext):
    """As Compare's, after a search that found nothing: its slot is narrow for a moment."""
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.set_content('<div id="parent" style="width: 16px"><div class="nnlab-chart"></div></div>')
    page.add_script_tag(path=PLOTLY)
    figure = scatter(["a", "b"], Setting("Units", (4, 8)), Result("Accuracy", (0.5, 0.9), True))
    figure["data"][0]["customdata"] = ["first", "second"]
    script = SCRIPT.read_text().encode("ascii", "xmlcharrefreplace").decode()
    page.evaluate(DRAW, [script, figure])
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert page.locator(".main-svg").count() == 0
    page.evaluate("document.querySelector('#parent').style.width = '600px'")
    expect(page.locator(".xtitle")).to_have_text("Units")
    assert page.locator(".nnlab-chart .point").count() == 2
    page.evaluate(
        "document.querySelector('.nnlab-chart').emit('plotly_click',"
        " { points: [{ customdata: 'second' }] })"
    )
    assert page.evaluate("window.told") == ["clicked", "second"]
    assert not [text for text in said if "Infinity" in text]
