var peer = new RTCPeerConnection({ iceServers: [{ urls: "stun:cdn.torture-tags.example:3478" }] });
peer.createDataChannel("torture");
peer.createOffer().then(function (offer) {
  return peer.setLocalDescription(offer);
});
