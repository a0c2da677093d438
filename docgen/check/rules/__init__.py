"""The rules, one pure function each, by what they look at."""
