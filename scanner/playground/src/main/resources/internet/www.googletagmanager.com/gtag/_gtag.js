// Playground stand-in for Google's site tag. Our own code.
(function () {
  var id = new URL(document.currentScript.src).searchParams.get("id") || "";
  var client = (document.cookie.match(/_ga=([^;]+)/) || [])[1];
  if (!client) {
    client = "GA1.1." + Math.floor(Math.random() * 1e9) + "." + Math.floor(Date.now() / 1000);
    document.cookie = "_ga=" + client + "; path=/; max-age=63072000; SameSite=Lax";
  }
  var page = "&dl=" + encodeURIComponent(location.href) + "&dt=" + encodeURIComponent(document.title);
  if (id.indexOf("AW-") === 0) {
    new Image().src = "https://googleads.g.doubleclick.net/pagead/viewthroughconversion/" + id.slice(3) + "/?fmt=3" + page;
    return;
  }
  document.cookie = "_ga_" + id.slice(2) + "=GS1.1." + Date.now() + "; path=/; max-age=63072000; SameSite=Lax";
  function collect(event) {
    return "https://region1.google-analytics.com/g/collect?v=2&tid=" + id + "&cid=" + encodeURIComponent(client) + "&en=" + event + page;
  }
  fetch(collect("page_view"), {method: "POST", mode: "no-cors", keepalive: true}).catch(function () {});
  new Image().src = "https://stats.g.doubleclick.net/g/collect?v=2&tid=" + id + "&aip=1";
  addEventListener("pagehide", function () { navigator.sendBeacon(collect("user_engagement")); });
})();
