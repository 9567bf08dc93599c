// Playground stand-in for a chat. Our own code.
(function () {
  var button = document.createElement("button");
  button.setAttribute("aria-label", "Chat with us");
  button.style.cssText = "position:fixed;right:20px;bottom:20px;width:52px;height:52px;border:0;border-radius:50%;background:#2a5bd7;box-shadow:0 6px 20px #0005;cursor:pointer";
  button.innerHTML = '<svg viewBox="0 0 24 24" width="24" fill="#fff"><path d="M4 4h16v12H8l-4 4z"/></svg>';
  document.body.appendChild(button);
  fetch("https://api-iam.intercom.io/messenger/web/ping", {
    method: "POST", body: "app_id=" + ((window.intercomSettings || {}).app_id || "")
  }).catch(function () {});
})();
