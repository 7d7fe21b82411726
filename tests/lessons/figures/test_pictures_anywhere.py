"""Drawing is a pure function: in any thread, at any time, without a display."""

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lessons.figures import FIGURES, draw, printed, style_version

NAMES = ["receipt", "doors", "sheet-backward", "squashes"]


def in_a_fresh_process(code, folder=None):
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, check=True, text=True, cwd=folder).stdout


def test_threads_draw_the_same_bytes_as_one():
    jobs = [name for name in NAMES for _ in range(4)]
    alone = {name: draw(name, FIGURES[name].example) for name in NAMES}
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda name: draw(name, FIGURES[name].example), jobs))
    assert together == [alone[name] for name in jobs]


def test_knowing_the_figures_does_not_load_the_library_that_draws_them():
    code = (
        "import sys, lessons.figures; print(any(m in sys.modules for m in ('matplotlib', 'PIL')))"
    )
    assert in_a_fresh_process(code) == "False\n"


def test_no_window_library_is_touched():
    code = (
        "import sys; from lessons.figures import FIGURES, draw; "
        "draw('receipt', FIGURES['receipt'].example); "
        "print('matplotlib.pyplot' in sys.modules)"
    )
    assert in_a_fresh_process(code) == "False\n"


@pytest.mark.parametrize("name", ["pencil-sheet", "sheet-forward"])
def test_a_sheet_for_paper_is_a_page_that_is_the_same_each_time(name):
    page = printed(name, FIGURES[name].example)
    assert page.startswith(b"%PDF-")
    assert page.count(b"/Type /Page ") == 1 or page.count(b"/Type /Page\n") == 1
    assert b"CreationDate" not in page
    assert page == printed(name, FIGURES[name].example)


def test_a_print_at_fault_is_told_like_a_picture_at_fault():
    with pytest.raises(ValueError, match="figure shelf: missing W1"):
        printed("shelf", {})


def test_the_style_changes_with_the_sources_that_draw(tmp_path):
    import lessons.figures

    copy = tmp_path / "lessons" / "figures"
    shutil.copytree(Path(lessons.figures.__file__).parent, copy)
    (tmp_path / "lessons" / "__init__.py").touch()
    code = "import lessons.figures; print(lessons.figures.style_version)"
    assert in_a_fresh_process(code, tmp_path) == f"{style_version}\n"
    (copy / "ink.py").write_text((copy / "ink.py").read_text() + "# darker\n")
    assert in_a_fresh_process(code, tmp_path) != f"{style_version}\n"
