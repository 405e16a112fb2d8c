"""Our own measurements: speed and size against what docs/architecture.md promises. Never asserted in tests."""
