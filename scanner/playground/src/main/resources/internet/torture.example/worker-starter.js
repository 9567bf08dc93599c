function start() {
  new Worker("/outer-worker.js");
}
start();
