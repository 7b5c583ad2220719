"""What people take away: the data in one archive, the library as a wheel.

===========  ======================================================================
``archive``  the data package with what is needed to use and cite it, as one file
``rows``     the rows as they are handed out, events with what is computed of them
``database`` the data as one SQLite file
``workbook`` the data as one spreadsheet
``codebook`` the columns of every table in words
``wheel``    the library, to be installed anywhere
===========  ======================================================================

The same inputs give the same bytes.
"""
