"""One file per layer: (plan, view, boundaries) to marks."""
