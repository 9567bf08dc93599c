fetch("https://cdn.torture-tags.example/api?by-preloaded");
