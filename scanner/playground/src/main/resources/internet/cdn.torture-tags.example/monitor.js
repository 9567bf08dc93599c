// A monitor as error trackers and session replays are: it stands between the page and the browser.
(function () {
  var realFetch = window.fetch;
  window.fetch = function () {
    return realFetch.apply(this, arguments);
  };
  var realSend = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function () {
    return realSend.apply(this, arguments);
  };
  var realBeacon = navigator.sendBeacon;
  navigator.sendBeacon = function () {
    return realBeacon.apply(navigator, arguments);
  };
  fetch("https://cdn.torture-tags.example/api?monitor-itself");
})();
