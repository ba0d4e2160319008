"""Panels beside the map, one file each."""
