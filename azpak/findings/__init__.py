"""What the report computes and states, a module a subject.

A finding is a function of a `azpak.report.Report`, marked with `azpak.report.finding`. Constants
that are a judgement (periods, seeds, sets of states, thresholds) stand beside the finding they
belong to, with their reason; what a finding rests on and could break is asserted where it is used.
"""
