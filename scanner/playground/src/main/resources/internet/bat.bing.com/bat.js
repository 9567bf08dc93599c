// Playground stand-in for Microsoft's UET tag. Our own code.
(function () {
  var ti = window.uetTag || "187004521";
  document.cookie = "_uetsid=" + Math.random().toString(36).slice(2) + "; path=/; max-age=86400";
  new Image().src = "https://bat.bing.com/action/0?ti=" + ti + "&Ver=2&evt=pageLoad&p=" + encodeURIComponent(location.href);
})();
