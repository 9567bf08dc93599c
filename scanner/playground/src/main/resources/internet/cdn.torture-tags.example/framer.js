(function frame() {
  var away = document.createElement("iframe");
  away.title = "away";
  away.src = "https://frames.torture-tags.example/inner?by-script";
  document.body.appendChild(away);
  var blank = document.createElement("iframe");
  blank.title = "blank";
  document.body.appendChild(blank);
  blank.contentDocument.write('<script src="https://cdn.torture-tags.example/in-frame.js?written"><\/script>');
  blank.contentDocument.close();
})();
