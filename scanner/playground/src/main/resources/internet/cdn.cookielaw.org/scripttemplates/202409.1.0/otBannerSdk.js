// Playground stand-in for a consent banner. Our own code; ids as such banners have them.
(function () {
  if (/OptanonAlertBoxClosed=/.test(document.cookie)) return;
  var root = document.createElement("div");
  root.id = "onetrust-consent-sdk";
  root.innerHTML =
    '<div id="onetrust-banner-sdk" role="region" aria-label="Cookie banner" style="position:fixed;left:0;right:0;bottom:0;background:#fff;color:#222;box-shadow:0 -4px 24px #0003;padding:18px 24px;display:flex;gap:16px;flex-wrap:wrap;align-items:center;justify-content:center;font:15px system-ui;z-index:99">' +
    '<p style="margin:0;max-width:640px">We and our partners use cookies to run this site and to measure how it is used.</p>' +
    '<div id="onetrust-button-group"><button id="onetrust-reject-all-handler" style="padding:10px 18px;margin:2px;border:1px solid #555;background:#fff;color:#222;border-radius:4px">Reject all</button> ' +
    '<button id="onetrust-accept-btn-handler" style="padding:10px 18px;margin:2px;border:0;background:#1f5f3f;color:#fff;border-radius:4px">Accept all</button></div></div>';
  document.body.appendChild(root);
  function close(groups) {
    document.cookie = "OptanonConsent=groups=" + encodeURIComponent(groups) + "; path=/; max-age=31536000; SameSite=Lax";
    document.cookie = "OptanonAlertBoxClosed=" + new Date().toISOString() + "; path=/; max-age=31536000; SameSite=Lax";
    root.remove();
    window.dispatchEvent(new CustomEvent("consent.onetrust", {detail: groups.split(",")}));
  }
  document.getElementById("onetrust-accept-btn-handler").onclick = function () { close("C0001:1,C0002:1,C0004:1"); };
  document.getElementById("onetrust-reject-all-handler").onclick = function () { close("C0001:1,C0002:0,C0004:0"); };
})();
