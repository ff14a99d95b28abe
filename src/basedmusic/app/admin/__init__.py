"""Running the scene: people, jobs, storage and the audit log, composed of what the slices and the platform know."""
