// Finds elements as people name them and says how they stand. Runs in an isolated world: the page's
// own code neither sees it nor can falsify the functions that it uses.
(() => {
  const SILENT = new Set(['script', 'style', 'noscript', 'template', 'head']);
  const FIELDS = 'input,select,textarea,[contenteditable],[role=textbox],[role=combobox],[role=listbox],'
    + '[role=checkbox],[role=radio],[role=switch],[role=searchbox],[role=slider],[role=spinbutton]';
  const NO_FIELDS = new Set(['hidden', 'submit', 'button', 'reset', 'image']);
  const MOST = 100;

  const plain = text => (text || '').replace(/\s+/g, ' ').trim();
  const folded = text => plain(text).toLocaleLowerCase();
  const bare = text => folded(text).replace(/[\s:*]+$/, '');

  const roots = root => {
    const found = [root];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT);
    for (let e = walker.nextNode(); e; e = walker.nextNode())
      if (e.shadowRoot) found.push(...roots(e.shadowRoot));
    return found;
  };
  const query = css => roots(document).flatMap(root => [...root.querySelectorAll(css)]);

  const visible = e => {
    if (!e.isConnected || !e.checkVisibility({ visibilityProperty: true })) return false;
    const box = e.getBoundingClientRect();
    return box.width > 0 && box.height > 0;
  };

  // The exact ones if there are any, else those that hold the text.
  const best = (elements, textsOf, wanted, fold) => {
    const text = fold(wanted);
    const exact = elements.filter(e => textsOf(e).some(t => fold(t) === text));
    if (exact.length) return exact;
    return elements.filter(e => textsOf(e).some(t => fold(t).includes(text)));
  };

  const textsIn = (root, skip) => {
    const texts = new Map();
    const textOf = node => {
      if (node.nodeType === Node.TEXT_NODE) return node.data;
      if (texts.has(node)) return texts.get(node);
      let text = '';
      const silent = node.localName && (SILENT.has(node.localName) || (skip && node.matches(skip)));
      if (!silent) {
        if (node.localName === 'input' && NO_FIELDS.has(node.type)) text = node.value;
        for (const child of (node.shadowRoot || node).childNodes) text += textOf(child);
        if (node.shadowRoot) for (const child of node.childNodes) text += textOf(child);
        if (node.nodeType === Node.ELEMENT_NODE && getComputedStyle(node).display !== 'inline') text = ` ${text} `;
      }
      texts.set(node, text);
      return text;
    };
    textOf(root);
    return texts;
  };

  // The smallest elements that hold the text.
  const byText = wanted => {
    if (!document.body) return [];
    const texts = textsIn(document.body);
    const text = folded(wanted);
    const holds = new Set([...texts.keys()].filter(
      n => n.nodeType === Node.ELEMENT_NODE && folded(texts.get(n)).includes(text)));
    const smallest = [...holds].filter(e => {
      const inside = [...e.children, ...(e.shadowRoot ? e.shadowRoot.children : [])];
      return !inside.some(child => holds.has(child));
    });
    smallest.sort((a, b) => a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1);
    const exact = smallest.filter(e => folded(texts.get(e)) === text);
    return exact.length ? exact : smallest;
  };

  const labelsOf = e => {
    const texts = [];
    for (const label of e.labels || []) texts.push(textsIn(label, 'select,textarea').get(label));
    if (e.ariaLabel) texts.push(e.ariaLabel);
    for (const label of e.ariaLabelledByElements || []) texts.push(label.textContent);
    for (const name of ['placeholder', 'title']) if (e.getAttribute(name)) texts.push(e.getAttribute(name));
    return texts.filter(t => plain(t));
  };
  const fields = () => query(FIELDS).filter(
    e => !(e.localName === 'input' && NO_FIELDS.has(e.type)) && e.getAttribute('contenteditable') !== 'false');

  const find = (by, value) => {
    const found = by === 'CSS' ? query(value) : by === 'TEXT' ? byText(value) : best(fields(), labelsOf, value, bare);
    const seen = found.filter(visible);
    // A field may hide behind its label, as pretty checkboxes do: it is the label that people see.
    const shown = seen.length || by !== 'LABEL' ? seen : found.map(e => [...(e.labels || [])].find(visible)).filter(e => e);
    return (shown.length ? shown : found).slice(0, MOST);
  };

  const within = (inner, outer) => {
    for (let e = inner; e; e = e.assignedSlot || e.parentNode || e.host) if (e === outer) return true;
    return false;
  };
  const named = e => {
    const id = e.id ? `#${e.id}` : e.classList.length ? `.${e.classList[0]}` : '';
    const text = plain(e.textContent).slice(0, 40);
    return e.localName + id + (text ? ` ("${text}")` : '');
  };
  // What would be hit instead; null when it is the element itself.
  const cover = e => {
    const box = [...e.getClientRects()].find(r => r.width && r.height) || e.getBoundingClientRect();
    const x = box.x + box.width / 2, y = box.y + box.height / 2;
    let hit = document.elementFromPoint(x, y);
    while (hit && hit.shadowRoot) {
      const deeper = hit.shadowRoot.elementFromPoint(x, y);
      if (!deeper || deeper === hit) break;
      hit = deeper;
    }
    if (!hit || within(hit, e) || within(e, hit)) return null;
    if (e.labels && [...e.labels].some(label => within(hit, label))) return null;
    return named(hit);
  };

  const state = e => {
    const shown = visible(e), box = e.getBoundingClientRect();
    return {
      visible: shown,
      enabled: !e.matches(':disabled') && e.ariaDisabled !== 'true',
      writable: e.isContentEditable || (/^(input|textarea)$/.test(e.localName) && !e.readOnly),
      tag: e.localName,
      type: e.type || '',
      box: [box.x, box.y, box.width, box.height].map(Math.round).join(' '),
      cover: shown ? cover(e) : null
    };
  };

  const center = e => e.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const options = e => [...e.options].filter(o => !o.disabled).map(o => plain(o.label));
  const choose = (e, wanted) => {
    const all = [...e.options];
    const option = all.find(o => folded(o.label) === folded(wanted)) || all.find(o => o.value === wanted);
    if (!option || option.disabled) return false;
    e.focus();
    option.selected = true;
    for (const type of ['input', 'change']) e.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
    return true;
  };
  const clear = e => {
    e.focus();
    if (e.isContentEditable) getSelection().selectAllChildren(e); else e.select();
  };
  // Fields that no keyboard fills in the same way everywhere: dates, colours, ranges.
  const fill = (e, text) => {
    e.focus();
    e.value = text;
    for (const type of ['input', 'change']) e.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
    return e.value !== '';
  };
  const filled = e => (e.isContentEditable ? e.textContent : e.value) !== '';
  // One tab: a link that would open another is followed in this one.
  const here = e => {
    const link = e.closest('a[target],area[target]');
    if (link) link.target = '_self';
  };
  // For the moment of a picture: what is in the field is a secret.
  const veil = (e, hidden) => {
    if (hidden) e.style.setProperty('-webkit-text-security', 'disc', 'important');
    else e.style.removeProperty('-webkit-text-security');
  };
  const texts = e => labelsOf(e).map(plain).slice(0, 1);
  const labels = () => [...new Set(fields().filter(visible).flatMap(texts))].slice(0, 12);
  const headline = () => plain((query('h1,h2').find(visible) || {}).textContent).slice(0, 80);

  return { find, visible, state, center, options, choose, clear, fill, filled, here, veil, labels, headline };
})()
