"""The real tutor on its own phone, started as anybody would, in a folder of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

DROPWISE = Path(sys.executable).with_name("dropwise")
URL = re.compile(r"http://127\.0\.0\.1:\d+")


@contextmanager
def at_work(folder, *arguments):
    """A command of dropwise's that serves a page; gives the page's address."""
    kept = {
        name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "PYTHONPATH")
    }
    env = kept | {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [DROPWISE, *arguments, "--no-browser", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=(folder / "log").open("w"),
        text=True,
        env=env,
        cwd=folder,
    ) as process:
        try:
            for line in process.stdout:
                if found := URL.search(line):
                    yield found[0]
                    break
            else:
                raise RuntimeError((folder / "log").read_text("utf-8"))
        finally:
            process.terminate()
            process.wait(20)
