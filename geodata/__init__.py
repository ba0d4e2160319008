"""Facts: places, plans and what plans say of places. No Qt here, and nothing slow at import."""
