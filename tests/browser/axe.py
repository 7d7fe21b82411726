"""What axe-core finds on a page as it stands, and with its late panels still empty."""

from __future__ import annotations

from pathlib import Path

import axe_core_python

AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text("utf-8")
RUN = """const done = arguments[0];
axe.run().then(({ violations }) => done(violations))"""
LATE = "#inspected, #news, #net, .try output"  # filled when the server has answered


def serious(browser):
    """What must not be: each rule that is broken, and where; full first, then empty."""
    found = _found(browser)
    browser.run(
        "for (const one of document.querySelectorAll(arguments[0])) one.replaceChildren()", LATE
    )
    return found + _found(browser)


def _found(browser):
    browser.run(AXE)
    return [
        f"{one['id']}: {one['help']}: {node['html'][:120]} {node['failureSummary']}"
        for one in browser.driver.execute_async_script(RUN)
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
