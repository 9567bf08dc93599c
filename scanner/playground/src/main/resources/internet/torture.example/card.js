customElements.define(
  "torture-card",
  class extends HTMLElement {
    connectedCallback() {
      const root = this.attachShadow({ mode: "closed" });
      root.innerHTML = '<img alt="" src="https://cdn.torture-tags.example/pixel.gif?in-shadow">';
      const script = document.createElement("script");
      script.src = "https://cdn.torture-tags.example/in-shadow.js";
      root.appendChild(script);
    }
  },
);
