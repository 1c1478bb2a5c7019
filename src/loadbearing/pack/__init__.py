"""The pack: some labs on a grid of their knobs, in one page that needs neither a kernel nor a network.

`grid.positions(lab)` says where the knobs may stand, `points.point(lab, settings)` what the lab shows there, and
`page.page(labs)` puts all of it into one file, together with the widgets of the notebook.
"""
