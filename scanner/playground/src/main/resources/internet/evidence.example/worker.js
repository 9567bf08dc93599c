function inWorker() {
  var opening = indexedDB.open("worker-db", 1);
  opening.onupgradeneeded = function () { opening.result.createObjectStore("jobs"); };
  opening.onsuccess = function putJobs() { opening.result.transaction("jobs", "readwrite").objectStore("jobs").put("job", 1); };
}
inWorker();
