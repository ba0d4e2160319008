"""Questions over whole plans: one file per question."""
