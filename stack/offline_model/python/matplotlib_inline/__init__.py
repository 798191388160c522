"""Imitate matplotlib_inline: show matplotlib's figures as outputs of cells."""
