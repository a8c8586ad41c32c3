"""The dialog that imports a table: how it is written, what it holds, what to learn from it."""
