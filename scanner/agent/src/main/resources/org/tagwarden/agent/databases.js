// Reads a document's IndexedDB, and brings it back into another context, in an isolated world.
// Ends in an object of two functions, read and bring.
(() => {
  const MOST_TEXT = 2000000, DEEPEST = 60;
  const tell = Object.prototype.toString;

  const toBase64 = bytes => {
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  };
  const toBytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
  const bytesOf = v => ArrayBuffer.isView(v) ? new Uint8Array(v.buffer, v.byteOffset, v.byteLength) : new Uint8Array(v);

  // What JSON has is written as it is, the rest as an object with its type; other things (files,
  // keys of the browser) cannot be written down.
  const written = (v, depth = 0) => {
    if (depth > DEEPEST) throw new Error('nested too deeply');
    const inside = item => written(item, depth + 1);
    if (v === null || typeof v === 'string' || typeof v === 'boolean') return v;
    if (typeof v === 'number') return Number.isFinite(v) ? v : { t: 'number', v: String(v) };
    if (typeof v === 'bigint') return { t: 'bigint', v: String(v) };
    if (v === undefined) return { t: 'undefined' };
    if (ArrayBuffer.isView(v)) return { t: 'view', of: tell.call(v).slice(8, -1), v: toBase64(bytesOf(v)) };
    switch (tell.call(v)) {
      case '[object Array]': return { t: 'array', v: Array.from(v, inside) };
      case '[object Object]': return { t: 'object', v: Object.entries(v).map(inside) };
      case '[object Date]': return { t: 'date', v: +v };
      case '[object Map]': return { t: 'map', v: [...v].map(inside) };
      case '[object Set]': return { t: 'set', v: [...v].map(inside) };
      case '[object RegExp]': return { t: 'regexp', v: v.source, flags: v.flags };
      case '[object ArrayBuffer]': return { t: 'bytes', v: toBase64(bytesOf(v)) };
      default: throw new Error('no text for ' + tell.call(v));
    }
  };

  const revived = w => {
    if (w === null || typeof w !== 'object') return w;
    switch (w.t) {
      case 'number': return Number(w.v);
      case 'bigint': return BigInt(w.v);
      case 'undefined': return undefined;
      case 'view': return new globalThis[w.of](toBytes(w.v).buffer);
      case 'array': return w.v.map(revived);
      case 'object': return Object.fromEntries(w.v.map(revived));
      case 'date': return new Date(w.v);
      case 'map': return new Map(w.v.map(revived));
      case 'set': return new Set(w.v.map(revived));
      case 'regexp': return new RegExp(w.v, w.flags);
      default: return toBytes(w.v).buffer;
    }
  };

  const answer = request => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  const schema = store => ({
    name: store.name, keyPath: store.keyPath, autoIncrement: store.autoIncrement,
    indexes: Array.from(store.indexNames, n => store.index(n)).map(i =>
      ({ name: i.name, keyPath: i.keyPath, unique: i.unique, multiEntry: i.multiEntry })),
  });

  // JSON of the databases, and the names of the stores whose content cannot be written down.
  const read = async () => {
    const databases = [], left = [];
    let room = MOST_TEXT;
    for (const { name } of await indexedDB.databases()) {
      const db = await answer(indexedDB.open(name));
      const copy = { name, version: db.version, stores: [] };
      for (const storeName of db.objectStoreNames) {
        const store = db.transaction(storeName).objectStore(storeName);
        const one = schema(store), asked = [answer(store.getAllKeys()), answer(store.getAll())];
        const [keys, values] = await Promise.all(asked);
        try {
          one.rows = keys.map((key, i) => [written(key), written(values[i])]);
          room -= JSON.stringify(one.rows).length;
          if (room < 0) throw new Error('too much');
        } catch {
          one.rows = [];
          left.push(name + '/' + storeName);
        }
        copy.stores.push(one);
      }
      db.close();
      databases.push(copy);
    }
    return { databases, left };
  };

  const fill = (db, stores) => {
    for (const one of stores) {
      const options = { autoIncrement: one.autoIncrement };
      if (one.keyPath !== null) options.keyPath = one.keyPath;
      const store = db.createObjectStore(one.name, options);
      for (const i of one.indexes) store.createIndex(i.name, i.keyPath, { unique: i.unique, multiEntry: i.multiEntry });
      for (const [key, value] of one.rows)
        if (one.keyPath === null) store.put(revived(value), revived(key));
        else store.put(revived(value));
    }
  };

  // Whoever opens a database after this waits until it is filled: requests for it come in turn.
  const bring = databases => {
    for (const { name, version, stores } of databases) {
      const opening = indexedDB.open(name, version);
      opening.onupgradeneeded = event => {
        if (event.oldVersion === 0) fill(opening.result, stores);
        else opening.transaction.abort(); // the page has made its own meanwhile
      };
      opening.onsuccess = () => opening.result.close();
      opening.onerror = event => event.preventDefault();
    }
  };

  return { read, bring };
})()
