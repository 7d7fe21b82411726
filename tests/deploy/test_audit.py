"""The audit asks about every pinned package, names what is vulnerable, and says when it could not ask."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

AUDIT = Path(__file__).parents[2] / "deploy" / "audit"
PINNED = (AUDIT.parent / "constraints.txt").read_text("utf-8").count("==")


@contextmanager
def osv(known, status=200, short=0):
    """A server that speaks OSV's API: `known` by package; `short` answers are missing."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            queries = json.loads(self.rfile.read(length))["queries"]
            asked.extend((query["package"]["name"], query["version"]) for query in queries)
            vulns = [[{"id": i} for i in known.get(q["package"]["name"], ())] for q in queries]
            results = [{"vulns": one} if one else {} for one in vulns]
            body = json.dumps({"results": results[: len(results) - short]}).encode()
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            return

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def audit(url):
    return subprocess.run(
        [sys.executable, AUDIT],
        env={"PATH": os.environ["PATH"], "OSV_URL": url, "no_proxy": "*"},
        capture_output=True, text=True, check=False, timeout=100,
    )  # fmt: skip


def test_every_pinned_package_is_asked_about():
    with osv({}) as (url, asked):
        ran = audit(url)
    assert (ran.returncode, ran.stdout) == (0, f"{PINNED} packages audited, 0 vulnerable\n")
    assert len(set(asked)) == PINNED
    assert "aiohttp" in dict(asked)


def test_what_is_vulnerable_is_named():
    with osv({"aiohttp": ["GHSA-1", "PYSEC-2"]}) as (url, asked):
        ran = audit(url)
    assert ran.returncode == 1
    assert ran.stdout.splitlines()[0] == f"aiohttp {dict(asked)['aiohttp']}: GHSA-1, PYSEC-2"


@pytest.mark.parametrize("trouble", [{"status": 500}, {"status": 404}, {"short": 1}])
def test_a_list_that_answers_wrongly_audits_nothing(trouble):
    with osv({}, **trouble) as (url, _):
        ran = audit(url)
    assert (ran.returncode, ran.stdout) == (69, "")
    assert "nothing was audited" in ran.stderr


def test_without_a_net_it_says_that_nothing_was_audited():
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        ran = audit(f"http://127.0.0.1:{nobody.getsockname()[1]}")
    assert (ran.returncode, ran.stdout) == (69, "")
    assert "nothing was audited" in ran.stderr
