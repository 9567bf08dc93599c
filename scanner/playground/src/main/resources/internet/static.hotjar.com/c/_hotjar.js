// Playground stand-in for Hotjar's loader. Our own code.
(function () {
  var site = (document.currentScript.src.match(/hotjar-(\d+)/) || [])[1];
  window.hjSiteSettings = {site_id: Number(site), rec_value: 1};
  var script = document.createElement("script");
  script.async = true;
  script.src = "https://script.hotjar.com/modules.5c1e8d04b7f3a2961e0d.js";
  document.head.appendChild(script);
})();
