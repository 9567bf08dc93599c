new Image().src = "https://seal.trustbeacon.example/view?h=" + location.hostname;
