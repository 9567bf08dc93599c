window.ttqStandIn = {ready: true};
