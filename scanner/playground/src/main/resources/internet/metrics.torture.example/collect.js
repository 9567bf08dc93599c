// First-party by its name, a vendor's by its alias.
new Image().src = "https://metrics.torture.example/hit.gif?page=" + location.pathname;
