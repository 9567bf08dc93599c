// Playground stand-in: brings a partner's script along, which brings a pixel along. Our own code.
(function () {
  new Image().src = "https://gum.criteo.com/sync?c=88213&r=2";
  var partner = document.createElement("script");
  partner.async = true;
  partner.src = "https://sync.adlattice.example/lattice.js";
  document.head.appendChild(partner);
})();
