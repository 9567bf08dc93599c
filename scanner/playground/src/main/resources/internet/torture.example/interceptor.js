addEventListener("install", function () {
  skipWaiting();
});
addEventListener("activate", function (event) {
  event.waitUntil(clients.claim());
});
addEventListener("fetch", function (event) {
  var url = event.request.url;
  if (url.indexOf("/intercepted.js") > 0) event.respondWith(fetch(event.request));
  if (url.indexOf("made-by-worker") > 0) event.respondWith(new Response(null, { status: 204 }));
});
