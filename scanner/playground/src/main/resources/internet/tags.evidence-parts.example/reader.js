(function () {
  function readFields() {
    for (var i = 0; i < 7; i++) document.querySelector("[name=card-number]").value;
    document.getElementById("secret").value;
    document.querySelector("[name=token]").value;
    document.querySelector("select").value;
    document.querySelector("textarea").value;
    new FormData(document.getElementById("pay"));
  }
  function listen() {
    document.addEventListener("keydown", function () {});
    document.querySelector("[name=card-number]").oninput = function () {};
    window.addEventListener("scroll", function () {});
    document.querySelector("textarea").onkeydown = function () {};
    document.querySelector("select").setAttribute("onKeyPress", "pressed()");
    document.getElementById("offer").innerHTML = "<input name='voucher' onkeydown='typed()'>";
  }
  function tellDevicesApart() {
    var canvas = document.createElement("canvas");
    canvas.width = 240; canvas.height = 60;
    canvas.getContext("2d").getImageData(0, 0, 1, 1);
    canvas.toDataURL();
    var gl = document.createElement("canvas").getContext("webgl");
    // Without a GPU there is no context; asking nobody is asking all the same.
    try { WebGLRenderingContext.prototype.getParameter.call(gl, 37446); } catch {}
    new OfflineAudioContext(1, 44100, 44100).startRendering();
  }
  function surroundings() {
    document.cookie;
    document.cookie = "by_reader=v1; path=/; max-age=86400";
    navigator.clipboard.readText().catch(function () {});
    navigator.geolocation.getCurrentPosition(function () {}, function () {});
    navigator.permissions.query({ name: "notifications" });
    new RTCPeerConnection();
  }
  function store() {
    localStorage.setItem("reader", "first");
    localStorage.setItem("reader", "second");
    sessionStorage.setItem("basket", "");
    var opening = indexedDB.open("reader-db", 1);
    opening.onupgradeneeded = function () { opening.result.createObjectStore("events", { autoIncrement: true }); };
    opening.onsuccess = function putEvents() { opening.result.transaction("events", "readwrite").objectStore("events").put("text"); };
    caches.open("reader-cache").then(function fill(cache) { return cache.put("/cached", new Response("kept")); });
  }
  function callOut() {
    new Worker("/worker.js");
    navigator.sendBeacon("https://tags.evidence-parts.example/beacon?sent", "x");
    fetch("https://tags.evidence-parts.example/beacon?keep", { method: "POST", keepalive: true, mode: "no-cors" });
    document.getElementById("ping").click();
  }
  readFields(); listen(); tellDevicesApart(); surroundings(); store(); callOut();
})();
