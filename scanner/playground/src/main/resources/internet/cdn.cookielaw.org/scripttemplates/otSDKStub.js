// Playground stand-in for a consent platform. Our own code.
(function () {
  var id = document.currentScript.getAttribute("data-domain-script");
  var sdk = document.createElement("script");
  sdk.src = "https://cdn.cookielaw.org/scripttemplates/202409.1.0/otBannerSdk.js";
  fetch("https://cdn.cookielaw.org/consent/" + id + "/" + id + ".json")
    .then(function () { return fetch("https://geolocation.onetrust.com/cookieconsentpub/v1/geo/location"); })
    .then(function () { document.head.appendChild(sdk); })
    .catch(function () {});
})();
