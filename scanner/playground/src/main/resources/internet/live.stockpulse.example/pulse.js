(function () {
  localStorage.setItem("stockpulse.visitor", Math.random().toString(36).slice(2));
  function beat() { fetch("https://live.stockpulse.example/beat", {method: "POST", mode: "no-cors", body: location.pathname}).catch(function () {}); }
  beat();
  setTimeout(beat, 3000);
})();
