fetch("/seen.gif?from=script");
