// Playground stand-in for the older analytics script. Our own code.
new Image().src = "https://www.google-analytics.com/collect?v=1&t=pageview&tid=UA-40213-7&dl=" + encodeURIComponent(location.href);
