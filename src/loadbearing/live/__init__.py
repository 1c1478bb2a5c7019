"""The real server, the real load, and what they wrote down in the same columns as a `Run`."""
