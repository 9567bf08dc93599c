// Runs before the first line of every document and worker of a visit, in the page's own world.
// Reports through a console context of a random name, whose messages carry the engine's own stack:
// page code can neither read them nor write one. Nothing here is reachable from the page, and
// nothing here calls a function that the page may have replaced since. Text between percent signs
// is filled in by BehaviourScript.
(() => {
  'use strict';
  const G = globalThis;
  const { apply, construct, defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
  const uncurry = f => (self, ...rest) => apply(f, self, rest);
  const cut = uncurry(String.prototype.slice);
  const lower = uncurry(String.prototype.toLowerCase);
  const indexOf = uncurry(String.prototype.indexOf);
  const includes = uncurry(String.prototype.includes);
  const get = uncurry(Map.prototype.get);
  const set = uncurry(Map.prototype.set);
  const each = uncurry(Map.prototype.forEach);
  const weakGet = uncurry(WeakMap.prototype.get);
  const weakSet = uncurry(WeakMap.prototype.set);
  const then = uncurry(Promise.prototype.then);
  const ErrorOf = Error, capture = Error.captureStackTrace, RangeProto = RangeError.prototype;
  const FunctionProto = Function.prototype, ObjectProto = Object.prototype;
  const URLOf = G.URL, doc = G.document;

  // Without String.prototype.split, which asks the page for Symbol.split.
  const eachPart = (whole, separator, take) => {
    for (let from = 0, to; from <= whole.length; from = to + 1) {
      to = indexOf(whole, separator, from);
      if (to < 0) to = whole.length;
      take(cut(whole, from, to));
    }
  };

  const context = console.context('%NAME%');
  const debug = context.debug, trace = context.trace;
  const say = (...words) => apply(debug, context, words);

  // ---- counting: one message for each new place, then one each time the count has quadrupled

  const MOST_PLACES = 80, MOST_CALLS = 400, MOST_TEXT = 262144, MOST_TEXT_IN_ALL = 4194304;
  const seen = new Map(), natives = new WeakMap(), caches = new WeakMap();
  const places = { __proto__: null };
  let ids = 0, calls = 0, missed = 0, textSent = 0;

  const own = (object, name) => getOwnPropertyDescriptor(object, name) !== undefined;

  // Whether V8 would format a stack without asking page code.
  const untouched = () =>
    getPrototypeOf(ErrorOf) === FunctionProto && getPrototypeOf(FunctionProto) === ObjectProto &&
    !own(ErrorOf, 'prepareStackTrace') && !own(FunctionProto, 'prepareStackTrace') &&
    !own(ObjectProto, 'prepareStackTrace');

  // Tells places apart; empty when the page makes that impossible, then each counts as a new one.
  const place = () => {
    if (!untouched()) return '';
    const o = { __proto__: null };
    capture(o, place);
    return typeof o.stack === 'string' ? o.stack : '';
  };

  const text = value => {
    if (typeof value !== 'string' || value.length > MOST_TEXT) return '';
    if (textSent > MOST_TEXT_IN_ALL) return '';
    textSent += value.length;
    return value;
  };

  const repeat = (entry, value) => {
    entry.count++;
    entry.value = value;
    if (entry.count === entry.next) {
      entry.next *= 4;
      say('more', entry.id, entry.count, text(value), typeof value === 'string' ? value.length : 0);
    }
  };

  // value: of a cookie or an item of storage; it leaves the page to be hashed, not to be kept
  // stands: address of the document that something stands in, where no script did it
  const note = (kind, detail, value, stands) => {
    try {
      const what = kind + '\n' + cut(detail, 0, 300);
      const used = places[kind] || 0;
      const at = stands ? 'in ' + stands : place();
      const key = used < MOST_PLACES ? (at ? what + '\n' + at : '') : what;
      const known = key && get(seen, key);
      if (known) return repeat(known, value);
      const entry = { __proto__: null, id: ++ids, count: 1, next: 4, value };
      if (key) set(seen, key, entry);
      places[kind] = used + 1;
      if (used === MOST_PLACES) say('many', kind);
      apply(at || used >= MOST_PLACES ? debug : trace, context,
        ['did', entry.id, kind, cut(detail, 0, 300), text(value), typeof value === 'string' ? value.length : 0, stands || '']);
      if (missed) { say('missed', missed); missed = 0; }
    } catch { missed++; }
  };

  const call = (kind, url) => {
    try {
      // Images are many: they leave room for the rest.
      if (calls++ < (kind === 'IMAGE' ? MOST_CALLS / 2 : MOST_CALLS)) apply(trace, context, ['call', kind, cut(url, 0, 4096)]);
    } catch { missed++; }
  };

  // What the scanner asks for at the end: what stands in the document, and the counts that were
  // not told yet.
  let standing = () => {};
  const rest = () => {
    standing();
    const left = { __proto__: null };
    each(seen, entry => {
      if (entry.count > 1) left[entry.id] = { __proto__: null, count: entry.count, value: text(entry.value),
        length: typeof entry.value === 'string' ? entry.value.length : 0 };
    });
    return { __proto__: null, missed, left };
  };

  // ---- veils: proxies of the browser's own functions, which keep all that can be seen of them

  // A page that tests a function with a wrong receiver sees the same stack as without a veil.
  const tidy = error => {
    try {
      if (typeof error !== 'object' || !own(error, 'stack') || !untouched()) return error;
      let kept = '';
      eachPart(error.stack, '\n', line => {
        if (!includes(line, '(<anonymous>:') && !includes(line, 'at <anonymous>:')) kept += kept ? '\n' + line : line;
      });
      defineProperty(error, 'stack', { __proto__: null, value: kept, writable: true, configurable: true });
    } catch { /* the error itself matters more than its looks */ }
    return error;
  };

  const watch = (look, self, args) => {
    try { look(self, args); } catch (e) {
      // Wrong receivers and arguments are the page's affair; an exhausted stack may be a trick.
      if (typeof e === 'object' && e && getPrototypeOf(e) === RangeProto) missed++;
    }
  };

  const veil = (native, look) => {
    const veiled = new Proxy(native, {
      __proto__: null,
      apply(target, self, args) {
        watch(look, self, args);
        try { return apply(target, self, args); } catch (e) { throw tidy(e); }
      },
    });
    weakSet(natives, veiled, native);
    return veiled;
  };

  const proto = name => { const c = G[name]; return typeof c === 'function' ? c.prototype : undefined; };

  const method = (owner, name, look) => {
    const d = owner && getOwnPropertyDescriptor(owner, name);
    if (!d || typeof d.value !== 'function' || !d.configurable) return;
    d.value = veil(d.value, look);
    defineProperty(owner, name, d);
  };

  const accessor = (owner, name, onGet, onSet) => {
    const d = owner && getOwnPropertyDescriptor(owner, name);
    if (!d || !d.configurable) return;
    if (onGet && d.get) d.get = veil(d.get, onGet);
    if (onSet && d.set) d.set = veil(d.set, onSet);
    defineProperty(owner, name, d);
  };

  const constructor = (name, look) => {
    const d = getOwnPropertyDescriptor(G, name);
    if (!d || typeof d.value !== 'function') return;
    const native = d.value;
    const veiled = new Proxy(native, {
      __proto__: null,
      apply(target, self, args) {
        try { return apply(target, self, args); } catch (e) { throw tidy(e); }
      },
      construct(target, args, newTarget) {
        watch(look, undefined, args);
        try { return construct(target, args, newTarget); } catch (e) { throw tidy(e); }
      },
    });
    weakSet(natives, veiled, native);
    d.value = veiled;
    defineProperty(G, name, d);
    const c = getOwnPropertyDescriptor(native.prototype, 'constructor');
    if (c && c.value === native) { c.value = veiled; defineProperty(native.prototype, 'constructor', c); }
    return veiled;
  };

  const getter = (owner, name) => {
    const d = owner && getOwnPropertyDescriptor(owner, name);
    return d && d.get ? uncurry(d.get) : () => undefined;
  };

  // A data property of a page's object, without running its getters.
  const data = (object, name) => {
    if (typeof object !== 'object' || object === null) return undefined;
    const d = getOwnPropertyDescriptor(object, name);
    return d && d.value;
  };

  // ---- whom it was done to

  const attribute = proto('Element') ? uncurry(Element.prototype.getAttribute) : undefined;
  const localName = getter(proto('Element'), 'localName');
  const typeOf = getter(proto('HTMLInputElement'), 'type');
  const baseUri = getter(proto('Node'), 'baseURI');
  // A worker has no address yet when this runs, and its process dies when asked for it.
  const here = getter(proto('WorkerLocation'), 'href');
  const hrefOf = getter(URLOf && URLOf.prototype, 'href');
  const requestUrl = getter(proto('Request'), 'url');
  const requestKeepalive = getter(proto('Request'), 'keepalive');
  const trusted = proto('TrustedScriptURL') ? uncurry(proto('TrustedScriptURL').toString) : undefined;
  const trustedHtml = proto('TrustedHTML') ? uncurry(proto('TrustedHTML').toString) : undefined;

  const field = element => {
    const tag = localName(element);
    const name = attribute(element, 'name') || attribute(element, 'id') || attribute(element, 'aria-label') || '';
    const complete = attribute(element, 'autocomplete');
    const type = tag === 'input' ? ' type=' + typeOf(element) : '';
    return cut(tag + (name ? ' ' + cut(name, 0, 80) : '') + type + (complete ? ' autocomplete=' + cut(complete, 0, 40) : ''), 0, 200);
  };

  const FIELDS = { __proto__: null, input: 1, textarea: 1, select: 1 };
  const whom = self => {
    if (self === undefined || self === null || self === G) return 'window';
    if (self === doc) return 'document';
    const tag = localName(self);
    if (FIELDS[tag]) return field(self);
    const id = attribute(self, 'id');
    return id ? tag + '#' + cut(id, 0, 80) : tag;
  };

  const address = value => {
    let url = value;
    if (typeof url !== 'string') { try { url = hrefOf(value); } catch { try { url = requestUrl(value); } catch { try { url = trusted(value); } catch { return ''; } } } }
    try { return hrefOf(new URLOf(url, doc ? baseUri(doc) : here(G.location))); } catch { return '' + url; }
  };

  // An argument that is converted to text anyway is converted once, here.
  const asText = (args, index) => {
    if (args.length <= index) return '';
    if (typeof args[index] !== 'string') args[index] = `${args[index]}`;
    return args[index];
  };

  // ---- forms and keys

  const SILENT = { __proto__: null, hidden: 1, submit: 1, button: 1, reset: 1, image: 1, checkbox: 1, radio: 1 };
  const readField = self => {
    const detail = field(self);
    if (localName(self) !== 'input' || !SILENT[typeOf(self)]) note('FIELD_READ', detail);
  };
  for (const name of ['value', 'valueAsNumber', 'valueAsDate']) accessor(proto('HTMLInputElement'), name, readField);
  accessor(proto('HTMLTextAreaElement'), 'value', readField);
  accessor(proto('HTMLSelectElement'), 'value', readField);
  constructor('FormData', (self, args) => {
    if (args.length && args[0]) note('FIELD_READ', 'FormData of ' + field(args[0]));
  });

  const listen = uncurry(EventTarget.prototype.addEventListener);
  const KEYS = { __proto__: null, keydown: 1, keyup: 1, keypress: 1, input: 1, beforeinput: 1, change: 1, paste: 1, textInput: 1 };
  const FAREWELLS = { __proto__: null, pagehide: 1, unload: 1, beforeunload: 1, visibilitychange: 1 };
  method(proto('EventTarget'), 'addEventListener', (self, args) => {
    if (!doc || args.length < 2 || !args[1]) return;
    const type = asText(args, 0);
    if (KEYS[type]) note('KEY_LISTENER', type + ' on ' + whom(self));
    if (FAREWELLS[type]) call('FAREWELL_LISTENER', baseUri(doc));
  });
  if (doc)
    for (const owner of [G, Document.prototype, proto('HTMLElement'), proto('SVGElement'), proto('MathMLElement')])
      for (const type in KEYS)
        accessor(owner, 'on' + lower(type), undefined, (self, args) => {
          if (typeof args[0] === 'function') note('KEY_LISTENER', type + ' on ' + whom(self));
        });

  // ---- keys listened to by attributes: of elements, in markup that scripts write, in the document

  const ATTRIBUTES = { __proto__: null };
  for (const type in KEYS) if (type !== 'textInput') ATTRIBUTES['on' + type] = type;
  const BEFORE = { __proto__: null, ' ': 1, '\n': 1, '\t': 1, '\r': 1, '/': 1, '"': 1, "'": 1 };
  const MOST_MARKUP = 262144, MOST_KEPT = 40, MOST_STANDING = 500, MOST_LOOKS = 8;
  const keyed = new WeakMap(), markups = { __proto__: null };
  let kept = 0, looks = 0;

  // So that the document is not blamed for what a script has put into it.
  const keep = written => { if (kept < MOST_KEPT) markups[kept++] = written; };

  const byAttribute = (self, name, value) => {
    const type = ATTRIBUTES[name] || ATTRIBUTES[lower(name)];
    if (!type || value === '') return;
    let own = weakGet(keyed, self);
    if (!own) weakSet(keyed, self, own = { __proto__: null });
    own[type] = 1;
    if (typeof value === 'string') keep(value); // of copies, too
    note('KEY_LISTENER', type + ' on ' + whom(self));
  };
  const startsLikeOne = name => name[0] === 'o' || name[0] === 'O';
  method(proto('Element'), 'setAttribute', (self, args) => {
    if (args.length > 1 && startsLikeOne(asText(args, 0))) byAttribute(self, args[0], args[1]);
  });
  method(proto('Element'), 'setAttributeNS', (self, args) => {
    if (args.length > 2 && !args[0] && startsLikeOne(asText(args, 1))) byAttribute(self, args[1], args[2]);
  });

  const carries = (folded, name) => {
    for (let at = indexOf(folded, name); at >= 0; at = indexOf(folded, name, at + 1)) {
      let end = at + name.length;
      while (folded[end] === ' ') end++;
      if (folded[end] === '=' && BEFORE[folded[at - 1]]) return true;
    }
    return false;
  };
  const markup = html => {
    if (typeof html !== 'string') { try { html = trustedHtml(html); } catch { return; } }
    if (html.length > MOST_MARKUP || indexOf(html, '=') < 0) return;
    const folded = lower(html);
    for (const name in ATTRIBUTES) {
      if (!carries(folded, name)) continue;
      keep(html);
      note('KEY_LISTENER', ATTRIBUTES[name] + ' in markup');
    }
  };
  for (const [owner, name] of [['Element', 'innerHTML'], ['Element', 'outerHTML'], ['ShadowRoot', 'innerHTML']])
    accessor(proto(owner), name, undefined, (self, args) => markup(args[0]));
  method(proto('Element'), 'insertAdjacentHTML', (self, args) => { if (args.length > 1) markup(args[1]); });
  for (const name of ['write', 'writeln'])
    method(proto('Document'), name, (self, args) => { for (let i = 0; i < args.length; i++) markup(args[i]); });
  method(proto('Range'), 'createContextualFragment', (self, args) => { if (args.length) markup(args[0]); });

  if (doc) {
    const all = uncurry(Document.prototype.querySelectorAll);
    const lengthOf = getter(NodeList.prototype, 'length'), urlOf = getter(Document.prototype, 'URL');
    let selector = '';
    for (const name in ATTRIBUTES) selector += (selector ? ',[' : '[') + name + ']';
    const byScript = value => {
      for (let i = 0; i < kept; i++) if (includes(markups[i], value)) return true;
      return false;
    };
    const address = () => {
      const url = urlOf(doc), end = indexOf(url, '#');
      return end < 0 ? url : cut(url, 0, end);
    };
    standing = () => {
      try {
        if (looks++ >= MOST_LOOKS) return;
        const found = all(doc, selector), many = lengthOf(found);
        for (let i = 0; i < many && i < MOST_STANDING; i++) {
          let own = weakGet(keyed, found[i]);
          if (!own) weakSet(keyed, found[i], own = { __proto__: null });
          for (const name in ATTRIBUTES) {
            const value = attribute(found[i], name);
            if (!value || own[ATTRIBUTES[name]]) continue;
            own[ATTRIBUTES[name]] = 1;
            if (!byScript(value)) note('KEY_LISTENER', ATTRIBUTES[name] + ' on ' + whom(found[i]), undefined, address());
          }
        }
      } catch { missed++; }
    };
    listen(G, 'DOMContentLoaded', standing, true);
  }

  // ---- what tells devices apart

  const width = getter(proto('HTMLCanvasElement'), 'width'), height = getter(proto('HTMLCanvasElement'), 'height');
  for (const name of ['toDataURL', 'toBlob'])
    method(proto('HTMLCanvasElement'), name, self => note('CANVAS_READ', name + ' ' + width(self) + 'x' + height(self)));
  method(proto('OffscreenCanvas'), 'convertToBlob', () => note('CANVAS_READ', 'OffscreenCanvas.convertToBlob'));
  for (const name of ['CanvasRenderingContext2D', 'OffscreenCanvasRenderingContext2D'])
    method(proto(name), 'getImageData', () => note('CANVAS_READ', 'getImageData'));
  for (const name of ['WebGLRenderingContext', 'WebGL2RenderingContext']) {
    method(proto(name), 'getParameter', (self, args) => {
      if (args[0] === 37445) note('WEBGL_READ', 'UNMASKED_VENDOR_WEBGL');
      if (args[0] === 37446) note('WEBGL_READ', 'UNMASKED_RENDERER_WEBGL');
    });
    method(proto(name), 'getExtension', (self, args) => {
      if (lower(asText(args, 0)) === 'webgl_debug_renderer_info') note('WEBGL_READ', 'WEBGL_debug_renderer_info');
    });
    method(proto(name), 'readPixels', () => note('WEBGL_READ', 'readPixels'));
  }
  method(proto('OfflineAudioContext'), 'startRendering', () => note('AUDIO_READ', 'OfflineAudioContext'));
  for (const name of ['getFloatFrequencyData', 'getByteFrequencyData', 'getFloatTimeDomainData', 'getByteTimeDomainData'])
    method(proto('AnalyserNode'), name, () => note('AUDIO_READ', 'AnalyserNode.' + name));

  // ---- cookies

  const cookieName = line => {
    const end = indexOf(line, ';'), equals = indexOf(line, '=');
    return equals < 0 || (end >= 0 && end < equals) ? '' : cut(line, 0, equals);
  };
  accessor(proto('Document'), 'cookie',
    () => note('COOKIE_READ', 'document.cookie'),
    (self, args) => { const line = asText(args, 0); note('COOKIE_WRITE', cookieName(line), line); });
  for (const name of ['get', 'getAll']) method(proto('CookieStore'), name, () => note('COOKIE_READ', 'cookieStore.' + name));
  for (const name of ['set', 'delete'])
    method(proto('CookieStore'), name, (self, args) => {
      if (typeof args[0] === 'string') {
        const value = name === 'set' && args.length > 1 ? asText(args, 1) : '';
        note('COOKIE_WRITE', args[0], args[0] + '=' + value);
      } else {
        const key = data(args[0], 'name'), value = data(args[0], 'value');
        note('COOKIE_WRITE', '' + key, key + '=' + (typeof value === 'string' ? value : ''));
      }
    });

  // ---- storage

  const localStorageOf = getter(G, 'localStorage');
  method(proto('Storage'), 'setItem', (self, args) => {
    if (args.length < 2) return;
    const key = asText(args, 0), value = asText(args, 1);
    note(self === localStorageOf(G) ? 'LOCAL' : 'SESSION', key, value);
  });
  const storeName = getter(proto('IDBObjectStore'), 'name'), transaction = getter(proto('IDBObjectStore'), 'transaction');
  const database = getter(proto('IDBTransaction'), 'db'), databaseName = getter(proto('IDBDatabase'), 'name');
  for (const name of ['put', 'add'])
    method(proto('IDBObjectStore'), name, (self, args) =>
      note('INDEXED_DB', databaseName(database(transaction(self))) + '/' + storeName(self), args.length ? args[0] : undefined));
  method(proto('IDBFactory'), 'open', (self, args) => note('INDEXED_DB', asText(args, 0)));
  const caching = proto('CacheStorage') && getOwnPropertyDescriptor(proto('CacheStorage'), 'open');
  if (caching) {
    const opening = new Proxy(caching.value, {
      __proto__: null,
      apply(target, self, args) {
        let name = '';
        watch(() => { name = asText(args, 0); });
        const opened = apply(target, self, args);
        watch(() => { then(opened, cache => { weakSet(caches, cache, name); }, () => {}); });
        return opened;
      },
    });
    weakSet(natives, opening, caching.value);
    caching.value = opening;
    defineProperty(proto('CacheStorage'), 'open', caching);
  }
  for (const name of ['put', 'add', 'addAll']) method(proto('Cache'), name, self => note('CACHE', weakGet(caches, self) || ''));

  // ---- the visitor's surroundings

  for (const name of ['read', 'readText', 'write', 'writeText']) method(proto('Clipboard'), name, () => note('CLIPBOARD', name));
  method(proto('Document'), 'execCommand', (self, args) => {
    const command = lower(asText(args, 0));
    if (command === 'copy' || command === 'cut' || command === 'paste') note('CLIPBOARD', 'execCommand ' + command);
  });
  for (const name of ['getCurrentPosition', 'watchPosition']) method(proto('Geolocation'), name, () => note('GEOLOCATION', name));
  method(proto('Permissions'), 'query', (self, args) => note('PERMISSION', 'query ' + (data(args[0], 'name') || '')));
  method(G.Notification, 'requestPermission', () => note('PERMISSION', 'notifications'));
  method(proto('PushManager'), 'subscribe', () => note('PERMISSION', 'push'));
  for (const name of ['getUserMedia', 'getDisplayMedia', 'enumerateDevices']) method(proto('MediaDevices'), name, () => note('PERMISSION', name));
  for (const name of ['Bluetooth', 'USB', 'HID', 'Serial'])
    for (const ask of ['requestDevice', 'requestPort']) method(proto(name), ask, () => note('PERMISSION', name + '.' + ask));
  method(proto('Navigator'), 'getBattery', () => note('PERMISSION', 'battery'));
  const peer = () => note('PEER_CONNECTION', 'RTCPeerConnection');
  const alias = getOwnPropertyDescriptor(G, 'webkitRTCPeerConnection');
  const nativePeer = G.RTCPeerConnection;
  const veiledPeer = constructor('RTCPeerConnection', peer);
  if (alias && alias.value === nativePeer && veiledPeer) { alias.value = veiledPeer; defineProperty(G, 'webkitRTCPeerConnection', alias); }

  // ---- calls whose requests the browser names no script for

  constructor('Worker', (self, args) => call('WORKER', address(args[0])));
  constructor('SharedWorker', (self, args) => call('SHARED_WORKER', address(args[0])));
  constructor('WebTransport', (self, args) => call('WEB_TRANSPORT', address(args[0])));
  method(proto('ServiceWorkerContainer'), 'register', (self, args) => call('SERVICE_WORKER', address(args[0])));
  method(proto('Navigator'), 'sendBeacon', (self, args) => call('BEACON', address(args[0])));
  method(G, 'fetch', (self, args) => {
    let keep = args.length > 1 ? data(args[1], 'keepalive') : undefined;
    if (keep === undefined && typeof args[0] === 'object') { try { keep = requestKeepalive(args[0]); } catch { /* no Request */ } }
    if (keep) call('KEEPALIVE_FETCH', address(args[0]));
  });
  constructor('EventSource', (self, args) => call('EVENT_SOURCE', address(args[0])));
  accessor(proto('HTMLImageElement'), 'src', undefined, (self, args) => call('IMAGE', address(asText(args, 0))));
  const linkHref = getter(proto('HTMLAnchorElement'), 'href');
  method(proto('HTMLElement'), 'click', self => {
    if (localName(self) !== 'a') return;
    call('LINK', linkHref(self));
    const ping = attribute(self, 'ping');
    if (!ping) return;
    eachPart(ping, ' ', url => { if (url) call('PING', address(url)); });
  });

  const toText = getOwnPropertyDescriptor(FunctionProto, 'toString');
  const veiledToText = new Proxy(toText.value, {
    __proto__: null,
    apply(target, self, args) {
      const native = weakGet(natives, self);
      try { return apply(target, native || self, args); } catch (e) { throw tidy(e); }
    },
  });
  weakSet(natives, veiledToText, toText.value);
  toText.value = veiledToText;
  defineProperty(FunctionProto, 'toString', toText);

  say('hello', rest);
})();
