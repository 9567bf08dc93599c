// What tags look at to tell visitors from machines, in pages and in workers.
self.look = async where => {
  const data = navigator.userAgentData;
  const seen = {
    userAgent: navigator.userAgent,
    appVersion: navigator.appVersion,
    platform: navigator.platform,
    language: navigator.language,
    languages: [...navigator.languages],
    webdriver: navigator.webdriver,
    gpc: navigator.globalPrivacyControl,
    cores: navigator.hardwareConcurrency,
    locale: Intl.DateTimeFormat().resolvedOptions().locale,
    number: (1234.5).toLocaleString(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    summerOffset: new Date(2026, 6, 1).getTimezoneOffset(),
    brands: data ? data.brands.map(b => b.brand + ' ' + b.version) : null,
    mobile: data ? data.mobile : null,
    uaPlatform: data ? data.platform : null,
    network: navigator.connection ? { effectiveType: navigator.connection.effectiveType, type: navigator.connection.type, max: navigator.connection.downlinkMax,
      far: navigator.connection.rtt > 0 } : null,
  };
  if (data) {
    const high = await data.getHighEntropyValues(
        ['architecture', 'bitness', 'model', 'platformVersion', 'uaFullVersion', 'fullVersionList', 'formFactors']);
    seen.high = { ...high, brands: undefined, fullVersionList: high.fullVersionList.map(b => b.brand + ' ' + b.version) };
  }
  if (self.window) {
    const gl = document.createElement('canvas').getContext('webgl');
    const debug = gl && gl.getExtension('WEBGL_debug_renderer_info');
    Object.assign(seen, {
      plugins: navigator.plugins.length,
      pluginNames: [...navigator.plugins].map(p => p.name),
      firstPlugin: typeof navigator.plugins[0],
      pluginList: String(navigator.plugins) + (navigator.plugins instanceof PluginArray) + (navigator.plugins === navigator.plugins) + navigator.plugins.item(0),
      pluginGetter: Function.prototype.toString.call(Object.getOwnPropertyDescriptor(Navigator.prototype, 'plugins').get),
      mimeTypes: navigator.mimeTypes.length,
      pdf: navigator.pdfViewerEnabled,
      orientation: [screen.orientation.type, screen.orientation.angle],
      chrome: typeof window.chrome,
      inner: [innerWidth, innerHeight],
      outer: [outerWidth, outerHeight],
      screen: [screen.width, screen.height, screen.availWidth, screen.availHeight, screen.colorDepth],
      pixelRatio: devicePixelRatio,
      touchPoints: navigator.maxTouchPoints,
      touch: 'ontouchstart' in window,
      coarse: matchMedia('(pointer: coarse)').matches,
      hover: matchMedia('(hover: hover)').matches,
      notification: window.Notification ? Notification.permission : null,
      notificationQuery: (await navigator.permissions.query({ name: 'notifications' })).state,
      webgl: gl ? (debug ? gl.getParameter(debug.UNMASKED_RENDERER_WEBGL) : 'masked') : null,
      hidden: document.hidden,
      focus: document.hasFocus(),
      automation: Object.keys(window).concat(Object.keys(document))
          .filter(k => /cdc_|webdriver|selenium|puppeteer|playwright|tagwarden/i.test(k)),
    });
  }
  await fetch('https://looks.example/seen?where=' + where + '&what=' + encodeURIComponent(JSON.stringify(seen)));
};
