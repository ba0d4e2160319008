"""Plan documents: their normalised text, and finding the passages again that facts cite."""
