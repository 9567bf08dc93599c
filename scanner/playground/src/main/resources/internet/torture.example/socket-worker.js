var socket = new WebSocket("wss://cdn.torture-tags.example/echo?from-worker");
socket.onopen = function () {
  socket.send("hello");
};
