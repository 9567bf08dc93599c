self.addEventListener("install", function () { self.skipWaiting(); });
