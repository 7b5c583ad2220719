"""Make the virtual environment from the hashed lock; run by `make` with whatever Python there is.

Only the standard library, and only syntax that an old Python can read, so that a Python that is too
old is named instead of failing on a line of code. The stamp is written last: an interrupted install
has no stamp and is made anew.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LOCK = os.path.join(ROOT, "requirements.txt")
PROJECT = os.path.join(ROOT, "pyproject.toml")

# JupyterLab opens a MyST file as a notebook, not as text.
LAB_SETTINGS = {
    "@jupyterlab/docmanager-extension:plugin": {
        "defaultViewers": {"markdown": "Jupytext Notebook", "myst": "Jupytext Notebook"}
    }
}


def main(venv):
    refuse_other_pythons("Name another one: make book PYTHON=python3.12")
    stamp = os.path.join(venv, "installed.json")
    installed = read_stamp(stamp)
    wanted = {"lock": digest(LOCK), "project": digest(PROJECT)}
    if installed == wanted:
        return
    started = time.time()
    if installed.get("lock") != wanted["lock"]:
        if not (shutil.which("uv") and packages_with_uv(venv)):
            packages_with_pip(venv)
        lab = os.path.join(venv, "etc", "jupyter", "labconfig")
        os.makedirs(lab, exist_ok=True)
        write_json(os.path.join(lab, "default_setting_overrides.json"), LAB_SETTINGS)
    run(pip_of(venv) + ["--no-deps", "--no-build-isolation", "-e", ROOT])
    write_json(stamp, wanted)
    say("Set-up: done in %.0f s" % (time.time() - started))


def pythons():
    """Return the oldest and the newest Python that pyproject.toml allows; None in a wheel.

    pip reads the same line when it installs a wheel, so that nothing has to be checked there.
    """
    try:
        with open(PROJECT) as file:
            text = file.read()
    except OSError:
        return None
    low, high = re.search(r'requires-python = ">=3\.(\d+),<3\.(\d+)"', text).groups()
    return (3, int(low)), (3, int(high) - 1)


def refuse_other_pythons(way_out):
    """End with one line if this Python is not one that the report is made for."""
    bounds = pythons()
    if bounds is None or bounds[0] <= sys.version_info[:2] <= bounds[1]:
        return
    stop(
        "This report needs Python %d.%d to %d.%d, and this is %d.%d (%s). %s"
        % (bounds[0] + bounds[1] + tuple(sys.version_info[:2]) + (sys.executable, way_out))
    )


def packages_with_uv(venv):
    """Install with uv; return whether it could. pip, which needs no set-up of its own, can try."""
    say("Set-up: installing the locked packages into %s with uv ..." % venv)
    install = ["uv", "pip", "install", "--quiet", "--python", os.path.join(venv, "bin", "python")]
    steps = (
        # With pip in it, which also installs the project itself.
        ["uv", "venv", "--quiet", "--clear", "--seed", "--python", sys.executable, venv],
        install + ["--compile-bytecode", "--require-hashes", "-r", LOCK],
    )
    if all(subprocess.call(step, env=build_environment()) == 0 for step in steps):
        return True
    say("Set-up: uv could not do it, for the reason above; trying with pip ...")
    return False


def packages_with_pip(venv):
    """Install with venv and pip."""
    if subprocess.call([sys.executable, "-c", "import venv, ensurepip"]) != 0:
        stop(
            "This Python (%s) has no venv module. On Debian or Ubuntu: apt-get install python3-venv"
            % sys.executable
        )
    say("Set-up: installing the locked packages into %s with pip ..." % venv)
    shutil.rmtree(venv, ignore_errors=True)
    run([sys.executable, "-m", "venv", venv])
    run(pip_of(venv) + ["--require-hashes", "-r", LOCK])


def pip_of(venv):
    """Return the command that installs into the environment."""
    python = os.path.join(venv, "bin", "python")
    return [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]


def digest(path):
    """Return a digest of the file, of this Python and of the folder: each makes a venv its own."""
    found = hashlib.sha256(("%d.%d %s" % (tuple(sys.version_info[:2]) + (ROOT,))).encode())
    with open(path, "rb") as file:
        found.update(file.read())
    return found.hexdigest()


def read_stamp(path):
    try:
        with open(path) as file:
            return json.load(file)
    except (OSError, ValueError):
        return {}


def write_json(path, content):
    with open(path + ".new", "w") as file:
        json.dump(content, file, indent=2)
    os.replace(path + ".new", path)


def run(command):
    if subprocess.call(command, env=build_environment()) != 0:
        stop(
            "Set-up failed at: %s\nMend what it says above, then run make again."
            % " ".join(command)
        )


def build_environment():
    """Return this environment for the installers.

    Without the switch that stops Python from keeping compiled modules, and with uv trusting the
    certificates that the machine trusts, as pip does.
    """
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    kept.setdefault("UV_NATIVE_TLS", "1")
    kept.setdefault("UV_SYSTEM_CERTS", "1")
    return kept


def say(text):
    sys.stderr.write(text + "\n")


def stop(text):
    say(text)
    sys.exit(1)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        stop("Set-up interrupted. Run make again: it starts the set-up anew.")
