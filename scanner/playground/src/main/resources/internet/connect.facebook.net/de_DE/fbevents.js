// Playground stand-in for Meta's pixel. Our own code.
(function () {
  var pixel = null;
  function send(command, value) {
    if (command === "init") {
      pixel = value;
      var config = document.createElement("script");
      config.async = true;
      config.src = "https://connect.facebook.net/signals/config/" + pixel + "?v=2.9.179&r=stable";
      document.head.appendChild(config);
    } else if (pixel) {
      Promise.resolve().then(function () {
        new Image().src = "https://www.facebook.com/tr/?id=" + pixel + "&ev=" + value + "&dl=" + encodeURIComponent(location.href);
      });
    }
  }
  var waiting = (window.fbq && window.fbq.queue) || [];
  window.fbq = send;
  document.cookie = "_fbp=fb.1." + Date.now() + ".4021; path=/; max-age=7776000; SameSite=Lax";
  for (var i = 0; i < waiting.length; i++) send.apply(null, waiting[i]);
})();
