(function () {
  var s = document.createElement("script");
  s.src = "https://cdn.torture-tags.example/level-3.js";
  document.head.appendChild(s);
})();
