localStorage.setItem("torture_id", "kept-for-ever");
sessionStorage.setItem("torture_session", "kept-for-now");
var opening = indexedDB.open("torture", 1);
opening.onupgradeneeded = function () {
  opening.result.createObjectStore("visitors");
};
opening.onsuccess = function () {
  var put = opening.result.transaction("visitors", "readwrite").objectStore("visitors").put(1, "me");
  put.onsuccess = function stored() {
    new Image().src = "https://cdn.torture-tags.example/pixel.gif?stored";
  };
};
