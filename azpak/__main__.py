"""The command line: ``python -m azpak check [DATA_DIR]``."""

import gc
import sys

OLDEST, NEWEST = (3, 11), (3, 13)

# Before anything else: the imports below hold syntax that older Pythons cannot read.
if not OLDEST <= sys.version_info[:2] <= NEWEST:
    sys.stderr.write(
        "azpak needs Python %d.%d to %d.%d, and this is %d.%d (%s). "
        "Run it with another one, such as .venv/bin/python\n"
        % (OLDEST + NEWEST + tuple(sys.version_info[:2]) + (sys.executable,))
    )
    sys.exit(1)

USAGE = "usage: python -m azpak check [DATA_DIR]    check the data folder (default: data/)"


def main(arguments):
    """Run a command and return its exit code."""
    if arguments in (["-h"], ["--help"]):
        print(USAGE)
        return 0
    if not arguments or arguments[0] != "check" or len(arguments) > 2 or "-h" in arguments[1:]:
        sys.stderr.write(USAGE + "\n")
        return 2
    from azpak.check import main as check

    gc.disable()  # a short run that keeps all it reads: a sixth of its time would go to looking
    return check(arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
