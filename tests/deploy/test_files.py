"""Container and unit file: no root, nothing writable that need not be, no secret inside."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

DEPLOY = Path(__file__).parents[2] / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text()
UNIT = (DEPLOY / "dropwise.service").read_text()
SCHEMA = ("-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec")


@pytest.fixture
def compose():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


def test_the_image_runs_as_nobody_in_particular():
    last = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    assert re.search(r"^USER dropwise$", last, re.MULTILINE)
    assert re.search(r"useradd --system --uid [1-9]\d{3,}", last)
    assert last.index("USER") < last.index("CMD")
    assert not re.search(r"BOT_TOKEN|PASSWORD|SECRET", DOCKERFILE)


def test_what_the_image_installs_is_pinned():
    assert "--constraint deploy/constraints.txt" in DOCKERFILE
    images = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert all(":" in image and not image.endswith(":latest") for image in images)


def by_its_schema(file):
    """What the specification's own JSON schema finds wrong with a compose file."""
    checked = subprocess.run(
        [sys.executable, *SCHEMA, file], capture_output=True, text=True, check=False
    )
    return checked.stdout if checked.returncode else ""


def test_compose_says_only_what_compose_knows(compose, tmp_path):
    assert by_its_schema(DEPLOY / "compose.yaml") == ""
    compose["services"]["bot"]["read_onyl"] = True
    (tmp_path / "compose.yaml").write_text(yaml.safe_dump(compose))
    assert "read_onyl" in by_its_schema(tmp_path / "compose.yaml")


def test_what_compose_refers_to_is_there(compose):
    for service in compose["services"].values():
        assert ("image" in service) != ("build" in service)
        for volume in service.get("volumes", []):
            assert volume.split(":")[0] in compose["volumes"]
    for other, how in compose["services"]["bot"]["depends_on"].items():
        assert other in compose["services"]
        assert how["condition"] == "service_healthy"


def test_the_container_cannot_write_nor_gain(compose):
    bot = compose["services"]["bot"]
    assert bot["read_only"] is True
    assert bot["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in bot["security_opt"]
    assert "privileged" not in bot
    assert bot["tmpfs"] == ["/tmp"]


def test_secrets_come_from_outside(compose):
    for service in compose["services"].values():
        for name, value in service["environment"].items():
            if re.search("TOKEN|PASSWORD|SECRET|DATABASE_URL", name):
                assert "${" in value
                assert ":?" in value  # missing: compose says so instead of starting


def test_compose_sets_what_the_tutor_reads(compose):
    from bot.settings import Settings

    known = {name.upper() for name in Settings.model_fields}
    assert set(compose["services"]["bot"]["environment"]) <= known


def test_stopping_waits_as_long_as_draining_takes(compose):
    from bot.postman.postman import DRAINED_WITHIN

    assert int(compose["services"]["bot"]["stop_grace_period"].rstrip("s")) > DRAINED_WITHIN
    assert int(re.search(r"TimeoutStopSec=(\d+)", UNIT)[1]) > DRAINED_WITHIN


def test_the_unit_gives_away_nothing_it_need_not():
    wanted = (
        "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes",
        "DynamicUser=yes", "CapabilityBoundingSet=\n", "RestartPreventExitStatus=78", "UMask=0077",
        "KillMode=mixed",  # judges and artist help to finish what is begun
    )  # fmt: skip
    assert [line for line in wanted if line not in UNIT] == []


@pytest.mark.system
def test_systemd_finds_nothing_wrong(tmp_path):
    verify = shutil.which("systemd-analyze")
    assert verify, "systemd-analyze is missing (Debian: apt install systemd)"
    unit = tmp_path / "dropwise.service"
    unit.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", UNIT, flags=re.MULTILINE))
    checked = subprocess.run(
        [verify, "verify", "--man=no", unit], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stderr
    assert "dropwise.service" not in checked.stderr, checked.stderr
