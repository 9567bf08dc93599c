// The newspaper's own script: remembers what was read.
try {
  var read = JSON.parse(localStorage.getItem("read") || "[]");
  if (read.indexOf(location.pathname) < 0) localStorage.setItem("read", JSON.stringify(read.concat(location.pathname).slice(-50)));
} catch (e) { console.warn("cannot remember what was read", e); }
