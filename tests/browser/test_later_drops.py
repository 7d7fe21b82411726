"""Drops far down the path on a phone's page: the spreadsheet's, and the last with its studio."""

import io
import re
from contextlib import contextmanager

import pytest
from openpyxl import load_workbook

from engine import trace
from lessons.drawing.exercise import on_the_sheet
from lessons.pencilled import network_of
from lessons.spreadsheet import places
from tests.browser.house import at_work
from tests.browser.player import DESIGN, PATH, arrive_at, visit

pytestmark = [pytest.mark.system, pytest.mark.xdist_group("browser")]
SEED = 12
BACKPROPAGATION, DESIGNING = PATH.lesson("backpropagation"), PATH.lesson("tabular-design")
BYTES = """const done = arguments[0], link = [...document.querySelectorAll("a.document")].at(-1);
fetch(link.href).then((a) => a.arrayBuffer()).then((a) => done([...new Uint8Array(a)]))"""


@contextmanager
def house_before(drop, folder):
    """Where somebody lives who is about to play this drop."""
    arrive_at(folder, [drop.number], SEED)
    with at_work(folder, "run", "--seed", str(SEED)) as url:
        yield url


def test_the_drop_of_the_spreadsheet_is_played_with_slips_and_brings_it(browser, tmp_path):
    with house_before(BACKPROPAGATION, tmp_path) as url:
        browser.look(url, width=360, shows="#phones")
        player = visit(browser)
        player.play(slips=1)
        player.seen("Drop 9 done")
        assert browser.width() <= 360
        assert all(one.get_attribute("alt") for one in browser.all(".photo img"))
        own = on_the_sheet(BACKPROPAGATION, SEED)
        network, inputs = network_of(own), (own["x1"], own["x2"])
        step = trace(network, inputs, (own["t1"],), own["rate"])
        content = bytes(browser.driver.execute_async_script(BYTES))
        live = load_workbook(io.BytesIO(content), data_only=True)["Live"]
        where = places(network)
        for address in ("a2.1", "L", "d1.1", "gw1.1.1", "w2.1.1+"):
            assert live[where[address]].value == pytest.approx(float(step.value(address)))


def test_the_last_drop_is_played_and_its_net_is_trained(browser, tmp_path):
    with house_before(DESIGNING, tmp_path) as url:
        browser.look(url, width=360, shows="#phones")
        player = visit(browser)
        player.play()
        player.seen("Drop 14 done")
        assert browser.width() <= 360
        card = player.seen("A card to keep").text
        assert DESIGN in card
        assert re.search(r"/proof [0-9A-Z]{12,13}\b", card)
