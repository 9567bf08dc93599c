// Playground stand-in for recommendations. Our own code.
fetch("https://trc.taboola.com/morgenpost-city/trc/3/json?tim=" + Date.now()).catch(function () {});
