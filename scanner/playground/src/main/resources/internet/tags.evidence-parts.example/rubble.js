// Breaks whatever an observer might use, then reads a field, then tries to forge a report.
(function () {
  var field = document.querySelector("input"), caught = [];
  function trap(name) { return function () { caught.push(name); throw new Error("broken: " + name); }; }
  var context = console.context, debug = console.debug;
  ["apply", "construct", "defineProperty", "getOwnPropertyDescriptor", "getPrototypeOf"].forEach(function (n) { Reflect[n] = trap("Reflect." + n); });
  ["get", "set", "forEach", "has"].forEach(function (n) { Map.prototype[n] = trap("Map." + n); WeakMap.prototype[n] = trap("WeakMap." + n); });
  ["slice", "indexOf", "includes", "split", "toLowerCase"].forEach(function (n) { String.prototype[n] = trap("String." + n); });
  ["debug", "log", "trace", "context", "error"].forEach(function (n) { console[n] = trap("console." + n); });
  ["call", "apply", "bind"].forEach(function (n) { Function.prototype[n] = trap("Function." + n); });
  Array.prototype[Symbol.iterator] = trap("Array iterator");
  Promise.prototype.then = trap("then");
  Element.prototype.getAttribute = trap("getAttribute");
  Object.defineProperty(Object.prototype, "count", { set: trap("count"), get: trap("count"), configurable: true });
  Object.defineProperty(Array.prototype, "0", { set: trap("0"), get: trap("0"), configurable: true });
  Object.defineProperty(Object.prototype, "get", { value: undefined, configurable: true, writable: true });
  Object.defineProperty(Error.prototype, "name", { get: trap("Error.name") });
  Error.prepareStackTrace = trap("prepareStackTrace");
  Error.captureStackTrace = trap("captureStackTrace");
  Error.stackTraceLimit = 0;
  JSON.stringify = trap("stringify");
  window.Proxy = window.Reflect = window.Map = window.URL = undefined;
  function behindTheRubble() { return field.value; }
  for (var i = 0; i < 3; i++) behindTheRubble();
  var forged = context("forged"), forgedDebug = forged.debug;
  forgedDebug("did", 999, "FIELD_READ", "input forged-field type=text", "", 0);
  debug("did", 998, "FIELD_READ", "input forged-field type=text", "", 0);
  document.title = caught.length ? "caught " + caught[0] : "caught nothing";
})();
