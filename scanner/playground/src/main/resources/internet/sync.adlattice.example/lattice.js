(function () {
  setTimeout(function () { new Image().src = "https://px.mirrormetric.example/p.gif?from=lattice&u=" + Math.random().toString(36).slice(2); }, 50);
})();
