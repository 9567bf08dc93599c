// A script in a shadow root runs like any other.
fetch("https://cdn.torture-tags.example/api?by-script-in-shadow");
