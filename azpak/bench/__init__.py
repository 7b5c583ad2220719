"""What the report costs: ``make bench``.

============  ====================================================================
``run``       a command, and its processor time, wall time and memory
``checkout``  a copy of the checkout, and the changes whose cost is measured
``rounds``    the steps, in turn with the stock template
``server``    the pages with gzip, as where they are published
``browser``   a headless Chromium
``weight``    what a visitor's browser loads
``scale``     data many times the size
``growth``    gate, pages and PDF on such data
``table``     the results beside what is asked
============  ====================================================================

None of it is used by the book.
"""
