onmessage = function () {
  importScripts("https://cdn.torture-tags.example/imported.js");
  fetch("https://cdn.torture-tags.example/api?worker").then(function () { postMessage("done"); });
};
