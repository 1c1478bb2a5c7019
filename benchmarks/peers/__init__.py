"""The same work, each time as a good user of another library would write it.

Every module has `WORKS`, what its library can express, and `run(work, seed)`, which returns a `Tally`.
"""
