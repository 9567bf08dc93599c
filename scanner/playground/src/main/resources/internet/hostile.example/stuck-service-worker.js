self.addEventListener("install", function (e) { e.waitUntil(new Promise(function () {})); }); self.addEventListener("fetch", function (e) { e.respondWith(new Promise(function () {})); });
