"""Finding by name: how names are folded and sound, what there is to find, and how a query meets it."""
