addEventListener("install", function (e) { e.waitUntil(fetch("https://cdn.torture-tags.example/api?service-worker-install").then(function () { return skipWaiting(); })); });
addEventListener("activate", function (e) { e.waitUntil(clients.claim()); });
addEventListener("fetch", function (e) {
  if (e.request.url.indexOf("/through-the-worker.json") > 0) {
    e.respondWith(fetch("https://cdn.torture-tags.example/api?service-worker-fetch").then(function () { return fetch(e.request); }));
  }
});
