new Image().src = "https://cdn.torture-tags.example/pixel.gif?by-intercepted";
