var request = new XMLHttpRequest();
request.open("GET", "https://cdn.torture-tags.example/api?inner-worker");
request.send();
