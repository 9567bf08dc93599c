function startShared() {
  new SharedWorker("/shared-worker-2.js", "second").port.start();
}
startShared();
