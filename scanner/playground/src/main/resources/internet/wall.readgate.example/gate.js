fetch("https://wall.readgate.example/v1/meter?p=" + encodeURIComponent(location.pathname), {credentials: "include"})
  .then(function (answer) { return answer.json(); })
  .then(function (meter) {
    var place = document.querySelector("[data-meter]");
    if (place) place.textContent = meter.left + " free articles left this month";
  }).catch(function () {});
