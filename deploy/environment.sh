# Sourced by run and test: finds a Python, makes the checkout's own environment, installs what is pinned.
# After `prepare EXTRAS`, $VENV/bin holds everything; nothing is done when nothing has changed.

cd "$(dirname "${BASH_SOURCE[0]}")/.."
VENV=${DROPWISE_VENV:-.venv}

stop() {
    printf 'dropwise: %s\n' "$1" >&2
    exit 69
}

find_python() {
    local name
    for name in python3 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    stop "Python 3.11 or newer is missing (Debian: apt install python3 python3-venv)"
}

prepare() {
    local extras=$1 python wanted
    # An editable install follows the code by itself: only the list of packages matters.
    wanted=$(cat pyproject.toml deploy/constraints.txt | sha256sum | cut -d' ' -f1)
    for have in "$VENV/.ready-$extras" "$VENV/.ready-test"; do
        [ -f "$have" ] && [ "$(cat "$have")" = "$wanted" ] && return
    done
    python=$(find_python) || exit $?
    "$python" -c 'import venv, ensurepip' 2>/dev/null ||
        stop "Python's venv module is missing (Debian: apt install python3-venv)"
    [ -x "$VENV/bin/python" ] || "$python" -m venv "$VENV" ||
        stop "no virtual environment could be made in $VENV"
    printf 'dropwise: installing into %s, once (about a minute)\n' "$VENV" >&2
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check \
        --constraint deploy/constraints.txt --editable ".${extras:+[$extras]}" ||
        stop "the packages could not be installed: see pip's words above"
    printf '%s\n' "$wanted" >"$VENV/.ready-$extras"
}
