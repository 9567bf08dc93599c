var guests = 0; onconnect = function (e) { guests++; e.ports[0].postMessage(guests); };
