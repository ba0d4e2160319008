"""Readers of pack files: one per file type, each giving raw values and where in the file they stand."""
