"""The figures of the report, a module a subject: each draws findings and computes none.

A figure is a function of a `azpak.report.Report` that returns a `azpak.output.figure.ReportFigure`
and is registered where it is written, with ``@figure("its-permanent-name", "its-subject")``. In a
checkout this package lies in ``figures/``; its name is ``azpak.figures`` everywhere.
"""
