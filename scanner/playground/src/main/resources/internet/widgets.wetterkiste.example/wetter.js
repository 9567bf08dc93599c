fetch(location.protocol + "//widgets.wetterkiste.example/now")
  .then(function (answer) { return answer.json(); })
  .then(function (now) {
    var place = document.querySelector("[data-weather]");
    if (place) place.textContent = now.celsius + " °C, light rain";
  }).catch(function () {});
