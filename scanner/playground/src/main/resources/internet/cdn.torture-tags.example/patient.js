function pixel(name) {
  new Image().src = "https://cdn.torture-tags.example/pixel.gif?" + name;
}
setTimeout(function afterTimeout() {
  pixel("timeout");
}, 20);
Promise.resolve().then(function afterPromise() {
  pixel("promise");
});
requestAnimationFrame(function afterFrame() {
  pixel("animation-frame");
});
requestIdleCallback(function afterIdle() {
  pixel("idle");
});
queueMicrotask(function afterMicrotask() {
  pixel("microtask");
});
(async function () {
  await fetch("https://cdn.torture-tags.example/api?awaited");
  pixel("after-await");
})();
var channel = new MessageChannel();
channel.port1.onmessage = function afterMessage() {
  pixel("message");
};
channel.port2.postMessage("go");
new MutationObserver(function afterMutation() {
  pixel("mutation");
}).observe(document.documentElement, { attributes: true });
document.documentElement.dataset.changed = "yes";
