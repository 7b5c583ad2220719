"""The command line: ``python -m azpak COMMAND``."""

import sys

from azpak.build.environment import refuse_other_pythons

# Before anything else: the imports below hold syntax that older Pythons cannot read.
refuse_other_pythons("Run it with another one, such as .venv/bin/python")

USAGE = """\
usage: python -m azpak COMMAND

  check [DATA_DIR]     check the data folder (default: data/) and name every fault
  build [html] [pdf]   make the book of this checkout: the pages, the PDF, or both
  release              write all that is published of this version into one folder
  verify [FOLDER]      compare a copy of a release, or of its pages, with the digests in it
  citation             write CITATION.cff and .zenodo.json from the settings of the report
  keep                 keep data and printed values of this version in data/releases/
  changes OLD NEW      say what changed between two data folders, or folders of data/releases/;
                       two files of printed values may follow
"""


def main(arguments):
    """Run a command and return its exit code."""
    if not arguments or set(arguments) & {"-h", "--help"}:
        (print if arguments else sys.stderr.write)(USAGE)
        return 0 if arguments else 2
    command, rest = arguments[0], arguments[1:]
    if command == "check" and len(rest) <= 1:
        return check(rest)
    if command == "build":
        from azpak.build.book import main as build

        return build(rest)
    if command == "release" and not rest:
        from azpak.build.publish import main as release

        return release(rest)
    if command == "verify" and len(rest) <= 1:
        from azpak.build.publish import verify

        return verify(rest)
    if command == "citation" and not rest:
        from azpak.build.deposit import main as citation

        return citation(rest)
    if command == "keep" and not rest:
        from azpak.build.release import main as keep

        return keep(rest)
    if command == "changes" and len(rest) in (2, 4):
        from azpak.changes import main as changes

        return changes(rest)
    sys.stderr.write(USAGE)
    return 2


def check(arguments):
    """Run the data gate."""
    import gc

    from azpak.check import main as gate

    gc.disable()  # a short run that keeps all it reads: a sixth of its time would go to looking
    return gate(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
