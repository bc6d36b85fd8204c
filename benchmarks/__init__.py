"""Figures of the full demonstration city, as ratios of one run: `./city bench`."""
