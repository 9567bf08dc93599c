// Playground stand-in for a chat's launcher. Our own code.
(function () {
  var script = document.createElement("script");
  script.async = true;
  script.src = "https://js.intercomcdn.com/shim.latest.js";
  document.head.appendChild(script);
})();
