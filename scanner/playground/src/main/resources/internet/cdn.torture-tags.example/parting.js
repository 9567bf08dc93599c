addEventListener("pagehide", function part() {
  navigator.sendBeacon("https://b.torture-tags.example/farewell?to-a-new-host", "bye");
  fetch("https://a.torture-tags.example/farewell?kept-alive", {
    method: "POST",
    body: "bye",
    keepalive: true,
    mode: "no-cors",
  });
});
