function startInner() {
  new Worker("/inner-worker.js");
}
startInner();
