"""One file per format; none imports another, except that PDF is drawn from HTML."""
