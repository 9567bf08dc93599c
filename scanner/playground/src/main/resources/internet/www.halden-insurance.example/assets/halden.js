// The insurer's own script: shows a first price while the form is filled in.
(function () {
  var form = document.querySelector("form[data-quote]");
  if (!form) return;
  form.addEventListener("input", function () {
    var value = Number(form.value ? form.value.value : 0) || 0;
    document.querySelector("[data-price]").textContent = value ? "from " + Math.round(120 + value * 0.011) + " € a year" : "";
  });
})();
