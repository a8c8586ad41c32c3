"""Challenges: a goal, rules and three stars, judged by a fresh run from the seed. No Qt."""
