// Playground stand-in for an A/B test that runs before the page paints. Our own code.
(function () {
  var until = performance.now() + 60;
  while (performance.now() < until) Math.sqrt(until);
  document.documentElement.dataset.variation = "b";
  addEventListener("load", function () {
    navigator.sendBeacon("https://logx.optimizely.com/v1/events", JSON.stringify({account_id: "21180440271"}));
  });
})();
