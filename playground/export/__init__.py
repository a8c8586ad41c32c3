"""Taking it elsewhere: source code, weights, pictures and reports of a project. No Qt."""
