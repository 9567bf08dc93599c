function controlled() {
  return new Promise(function (go) {
    if (navigator.serviceWorker.controller) go();
    else navigator.serviceWorker.addEventListener("controllerchange", go);
  });
}
function insert() {
  var script = document.createElement("script");
  script.src = "https://cdn.torture-tags.example/intercepted.js";
  document.head.appendChild(script);
  new Image().src = "https://cdn.torture-tags.example/pixel.gif?made-by-worker";
}
navigator.serviceWorker.register("/interceptor.js").then(controlled).then(insert);
