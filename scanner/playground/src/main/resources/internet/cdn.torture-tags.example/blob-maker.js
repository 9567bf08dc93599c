(function make() {
  var text = "fetch('https://cdn.torture-tags.example/api?blob-script')";
  var script = document.createElement("script");
  script.src = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  document.head.appendChild(script);
})();
