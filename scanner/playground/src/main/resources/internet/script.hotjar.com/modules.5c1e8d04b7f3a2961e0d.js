// Playground stand-in for session recording. Our own code.
(function () {
  var site = (window.hjSiteSettings || {}).site_id;
  document.cookie = "_hjSessionUser_" + site + "=eyJpZCI6InN0YW5kLWluIn0=; path=/; max-age=31536000; SameSite=None; Secure";
  var clicks = 0;
  addEventListener("click", function () { clicks++; });
  var until = performance.now() + 25; // serialising a page costs time; so does this
  while (performance.now() < until) document.querySelectorAll("*").length;
  fetch("https://content.hotjar.io/?site_id=" + site + "&gzip=1", {method: "POST", body: "stand-in", keepalive: true}).catch(function () {});
  addEventListener("pagehide", function () {
    navigator.sendBeacon("https://content.hotjar.io/leave?site_id=" + site + "&clicks=" + clicks);
  });
})();
