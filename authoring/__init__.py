"""How the pages of the course are made; nothing in the package `loadbearing` knows this room."""
