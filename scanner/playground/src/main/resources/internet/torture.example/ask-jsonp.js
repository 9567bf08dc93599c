(function ask() {
  var script = document.createElement("script");
  script.src = "https://cdn.torture-tags.example/jsonp?callback=got";
  document.head.appendChild(script);
})();
