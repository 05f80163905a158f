"""What the start pages and the frame read from the apps below."""
