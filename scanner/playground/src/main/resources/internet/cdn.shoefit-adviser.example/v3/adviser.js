(function () {
  fetch("https://api.shoefit-adviser.example/v1/sizes?page=" + encodeURIComponent(location.pathname))
    .then(function (answer) { return answer.json(); })
    .then(function (found) {
      document.querySelectorAll("[data-size-adviser]").forEach(function (place) {
        place.textContent = "People like you wear size " + found.sizes[1] + ".";
      });
    }).catch(function () {});
})();
