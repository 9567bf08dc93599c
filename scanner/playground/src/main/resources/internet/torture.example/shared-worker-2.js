onconnect = function () {
  importScripts("https://cdn.torture-tags.example/imported.js?shared");
};
