// Playground stand-in for TikTok's pixel. Our own code.
(function () {
  var sdkid = new URL(document.currentScript.src).searchParams.get("sdkid");
  document.cookie = "_ttp=" + Math.random().toString(36).slice(2) + "; path=/; max-age=33696000";
  var main = document.createElement("script");
  main.src = "https://analytics.tiktok.com/i18n/pixel/static/main.js";
  main.onload = function () {
    fetch("https://analytics.tiktok.com/api/v2/pixel", {
      method: "POST", headers: {"Content-Type": "text/plain"}, credentials: "include",
      body: JSON.stringify({event: "Pageview", context: {pixel: {code: sdkid}, page: {url: location.href}}})
    }).catch(function () {});
  };
  document.head.appendChild(main);
})();
