Promise.resolve().then(function () { new Image().src = "https://t.quantaleaf.example/t.gif?r=" + Math.random().toString(36).slice(2); });
