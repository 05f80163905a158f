"""Running the platform: supervisor, health, doctor, backup and restore."""
