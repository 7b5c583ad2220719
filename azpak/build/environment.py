"""Make the virtual environment from the hashed locks; run by `make` with whatever Python there is.

Only the standard library, and only syntax that an old Python can read, so that a Python that is too
old is named instead of failing on a line of code. ``environment.py VENV`` installs what the book
needs; ``test`` and ``lab`` after it add for good what tests or JupyterLab need. uv installs, which
is fetched where there is none; where that fails, pip does. The stamp is written last: an
interrupted install has no stamp and is made anew.
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
PROJECT = os.path.join(ROOT, "pyproject.toml")
LOCK = os.path.join(ROOT, "requirements.txt")
UV_LOCK = os.path.join(ROOT, "requirements-uv.txt")
LOCKS = {
    "test": os.path.join(ROOT, "requirements-test.txt"),
    "lab": os.path.join(ROOT, "requirements-lab.txt"),
}

# JupyterLab opens a MyST file as a notebook, not as text.
LAB_SETTINGS = {
    "@jupyterlab/docmanager-extension:plugin": {
        "defaultViewers": {"markdown": "Jupytext Notebook", "myst": "Jupytext Notebook"}
    }
}
# What uv says of its progress; the rest of what it says is shown only when it fails.
PROGRESS = re.compile(r"\s*(Resolved|Downloading|Building|Prepared|Installed) .*")


def main(venv, *purposes):
    refuse_other_pythons("Name another one: make book PYTHON=python3.12")
    stamp = os.path.join(venv, "installed.json")
    installed = read_stamp(stamp)
    locks = [LOCK] + [
        path for purpose, path in LOCKS.items() if purpose in purposes or named(path) in installed
    ]
    wanted = {named(path): digest(path) for path in locks + [PROJECT]}
    if all(installed.get(name) == found for name, found in wanted.items()):
        return
    started = time.time()
    if installed.get(named(LOCK)) != wanted[named(LOCK)]:
        installed = {}
        make_environment(venv)
    changed = {name for name, found in wanted.items() if installed.get(name) != found}
    install(venv, [path for path in locks if named(path) in changed])
    if named(PROJECT) in changed:
        install_project(venv)
    if named(LOCKS["lab"]) in changed:
        open_chapters_as_notebooks(venv)
    installed.update(wanted)
    write_json(stamp, installed)
    say("done in %.0f s" % (time.time() - started))


def open_chapters_as_notebooks(prefix):
    settings = os.path.join(prefix, "etc", "jupyter", "labconfig")
    os.makedirs(settings, exist_ok=True)
    write_json(os.path.join(settings, "default_setting_overrides.json"), LAB_SETTINGS)


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


def make_environment(venv):
    """Make an environment that holds nothing but pip."""
    say("an environment for Python %d.%d in %s" % (tuple(sys.version_info[:2]) + (venv,)))
    seeded = ["uv", "venv", "--quiet", "--clear", "--seed", "--python", sys.executable, venv]
    if shutil.which("uv") and subprocess.call(seeded, env=build_environment()) == 0:
        return
    if subprocess.call([sys.executable, "-c", "import venv, ensurepip"]) != 0:
        stop(
            "This Python (%s) has no venv module. On Debian or Ubuntu: apt-get install python3-venv"
            % sys.executable
        )
    shutil.rmtree(venv, ignore_errors=True)
    run([sys.executable, "-m", "venv", venv])


def install(venv, locks):
    """Install the packages of some locks, each checked by its hash."""
    if not locks:
        return
    names = " and ".join(named(path) for path in locks)
    uv = uv_for(venv)
    if uv:
        say("the packages of %s" % names)
        command = uv_install(uv, venv) + hashed(*locks)
        if follow(command) == 0:
            return
        say("uv could not do it, for the reason above; trying with pip")
    say("the packages of %s with pip, which takes a minute or two" % names)
    run(pip_install(venv) + hashed(*locks))


def install_project(venv):
    """Make `import azpak` find this checkout; what it needs is there already."""
    uv = present_uv(venv)
    command = uv_install(uv, venv) if uv else pip_install(venv)
    run(command + ["--no-deps", "--no-build-isolation", "-e", ROOT], quiet=True)


def hashed(*locks):
    """Return the arguments that name locks, of which each package must have a known hash."""
    return ["--require-hashes"] + [part for path in locks for part in ("-r", path)]


def uv_for(venv):
    """Return the uv that is there, or fetch the locked one; None where that fails."""
    uv = present_uv(venv)
    if uv:
        return uv
    say("uv, which installs the other packages faster than pip does")
    if subprocess.call(pip_install(venv) + hashed(UV_LOCK), env=build_environment()) != 0:
        say("uv could not be fetched, for the reason above")
    return present_uv(venv)


def present_uv(venv):
    """Return the uv on the path, or the one that was fetched into the environment, or None."""
    return shutil.which("uv") or shutil.which(os.path.join(venv, "bin", "uv"))


def uv_install(uv, venv):
    """Return the command that installs into the environment with uv.

    Modules are compiled when they are first imported: most of them never are.
    """
    return [uv, "pip", "install", "--python", os.path.join(venv, "bin", "python")]


def pip_install(venv):
    """Return the command that installs into the environment with pip."""
    python = os.path.join(venv, "bin", "python")
    quiet = ["--disable-pip-version-check", "-qq", "--no-compile"]
    return [python, "-m", "pip", "install"] + quiet


def named(path):
    """Return the name by which the stamp knows a file."""
    return os.path.basename(path)


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


def follow(command):
    """Run uv, show how far it is, and what else it said if it fails; return its exit code."""
    process = subprocess.Popen(
        command,
        env=build_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        universal_newlines=True,
    )
    other = []
    for line in process.stderr:
        if PROGRESS.match(line):
            say("  " + line.strip())
        else:
            other.append(line)
    if process.wait() != 0:
        sys.stderr.write("".join(other))
    return process.returncode


def run(command, quiet=False):
    """Run a command, with what it says only if it fails where that is asked for; or stop."""
    out = subprocess.PIPE if quiet else None
    process = subprocess.Popen(command, env=build_environment(), stdout=out, stderr=out)
    said = process.communicate()
    if process.returncode != 0:
        sys.stderr.write("".join(part.decode("utf-8", "replace") for part in said if part))
        stop(
            "Set-up failed at: %s\nMend what it says above, then run make again."
            % " ".join(command)
        )


def build_environment():
    """Return this environment for the installers.

    Without the switch that stops Python from keeping compiled modules, and with uv trusting the
    certificates that the machine trusts and asking the index that pip is told to ask.
    """
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    kept.setdefault("UV_NATIVE_TLS", "1")
    kept.setdefault("UV_SYSTEM_CERTS", "1")
    if "PIP_INDEX_URL" in kept:
        kept.setdefault("UV_DEFAULT_INDEX", kept["PIP_INDEX_URL"])
    return kept


def say(text):
    sys.stderr.write("Set-up: %s\n" % text)
    sys.stderr.flush()


def stop(text):
    sys.stderr.write(text + "\n")
    sys.exit(1)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except KeyboardInterrupt:
        stop("Set-up interrupted. Run make again: it starts the set-up anew.")
