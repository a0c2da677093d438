"""What must hold under hardship: many at once, killed anywhere. Bounded; each prints its figures."""
