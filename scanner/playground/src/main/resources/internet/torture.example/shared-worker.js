onconnect = function (e) {
  fetch("https://cdn.torture-tags.example/api?shared-worker").then(function () { e.ports[0].postMessage("done"); });
};
