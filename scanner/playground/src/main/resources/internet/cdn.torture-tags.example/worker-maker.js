(function make() {
  var text = "importScripts('https://cdn.torture-tags.example/imported.js?blob'); fetch('https://cdn.torture-tags.example/api?tag-worker');";
  new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
})();
