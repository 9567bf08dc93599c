// Named by a 103 before the page itself came.
