"""Help that is there: the glossary window, and a word on whatever control is under the pointer."""
