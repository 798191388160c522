"""Stand-in for matplotlib_inline: shows matplotlib's figures as outputs of cells."""
