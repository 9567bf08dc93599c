// Playground stand-in for a payment provider's script. Our own code.
(function () {
  var frame = document.createElement("iframe");
  frame.src = "https://js.stripe.com/v3/m-outer.html";
  frame.title = "Payment security";
  frame.style.cssText = "width:1px;height:1px;border:0;position:absolute;visibility:hidden";
  document.addEventListener("DOMContentLoaded", function () { document.body.appendChild(frame); });
  document.cookie = "__stripe_mid=stand-in; path=/; max-age=31536000; Secure; SameSite=Strict";
  window.Stripe = function (key) { return {key: key}; };
})();
