// Playground stand-in for an attention meter. Our own code.
(function () {
  function ping(n) {
    new Image().src = "https://ping.chartbeat.net/ping?h=morgenpost-city.example&p=" + encodeURIComponent(location.pathname) + "&n=" + n;
  }
  ping(0);
  setTimeout(function () { ping(1); }, 1500);
})();
