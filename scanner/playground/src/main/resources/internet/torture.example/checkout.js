function order() {
  fetch("https://cdn.torture-tags.example/api?wrapped-fetch");
}
function pay() {
  var request = new XMLHttpRequest();
  request.open("POST", "https://cdn.torture-tags.example/api?wrapped-xhr");
  request.send("a=b");
}
order();
pay();
navigator.sendBeacon("https://cdn.torture-tags.example/beacon?wrapped-beacon", "x");
