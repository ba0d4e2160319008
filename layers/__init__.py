"""Pictures: facts and choices to a scene, and the scene to a device. Qt only in paint, fonts and export."""
