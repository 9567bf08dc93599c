fetch("/seen.gif?from=worker"); for (;;) {}
