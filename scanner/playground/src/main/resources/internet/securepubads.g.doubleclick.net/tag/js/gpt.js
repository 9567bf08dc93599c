// Playground stand-in for a publisher's ad tag. Our own code.
(function () {
  document.querySelectorAll("[data-ad-slot]").forEach(function (slot) {
    var frame = document.createElement("iframe");
    frame.width = slot.dataset.adWidth || "300";
    frame.height = slot.dataset.adHeight || "250";
    frame.title = "Advertisement";
    frame.style.border = "0";
    frame.src = "https://googleads.g.doubleclick.net/pagead/ads?client=ca-pub-5521907743&slotname=" + slot.dataset.adSlot;
    slot.appendChild(frame);
  });
})();
