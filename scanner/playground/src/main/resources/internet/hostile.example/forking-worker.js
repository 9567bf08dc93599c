try { for (var i = 0; i < 3; i++) new Worker("/forking-worker.js?" + Math.random()); } catch (e) {} setInterval(function () {}, 10);
