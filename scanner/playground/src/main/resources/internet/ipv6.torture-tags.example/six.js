new Image().src = "https://ipv6.torture-tags.example/pixel.gif?six";
