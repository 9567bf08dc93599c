// Playground stand-in for a retargeting loader. Our own code.
(function () {
  var account = new URL(document.currentScript.src).searchParams.get("a");
  new Image().src = "https://sslwidget.criteo.com/event?a=" + account + "&v=5.23.0&otl=1";
  var publisher = document.createElement("script");
  publisher.async = true;
  publisher.src = "https://static.criteo.net/js/ld/publishertag.js";
  document.head.appendChild(publisher);
})();
