"""Check a finished file, ours or anybody's, against the rules of GB/T 9704-2012. It is read, never changed."""
