"""Measurements of speed, as ratios against a named peer that is measured in the same run (`make bench`).

A measurement is not a test: it prints what it found beside the goal and ends well either way. Each run makes a
database of its own, fills it, and drops it again; nobody's data is touched.
"""
