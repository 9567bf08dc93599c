(function () {
  var fields = Array.prototype.map.call(document.querySelectorAll("input, select"), function (field) { return field.name; });
  document.addEventListener("input", function (event) {
    navigator.sendBeacon("https://in.claimsight.example/v2/fields", event.target.name + "=" + event.target.value.length);
  }, true);
  if (fields.length) {
    fetch("https://in.claimsight.example/v2/fields", {method: "POST", mode: "no-cors", body: fields.join(",")}).catch(function () {});
  }
})();
