// The shop's own script: counts what is in the cart.
(function () {
  var count = Number(localStorage.getItem("cart") || 1);
  function show() { document.querySelectorAll("[data-cart]").forEach(function (b) { b.textContent = count; }); }
  document.querySelectorAll("button.buy").forEach(function (button) {
    button.addEventListener("click", function () { localStorage.setItem("cart", ++count); show(); });
  });
  show();
})();
